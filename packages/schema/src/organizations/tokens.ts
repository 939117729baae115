import * as z from "zod";
import { body, list } from "../fields/composites.ts";
import { dateTime } from "../fields/dates.ts";
import { field } from "../fields/field.ts";
import { pageParams } from "../fields/query.ts";
import { oneOf, text } from "../fields/text.ts";
import { SCOPES } from "../scope.ts";
import { UserView } from "./accounts.ts";

/** Query of a list of tokens. */
export const ListTokensInput = z.object(pageParams);

/**
 * The name of an organization's token. Anything passes and reads as text: the wire refuses a blank or long name as a whole, not at
 * the field (contract 16.1).
 */
const looseName = () => field({ like: z.string().min(1).max(255), readsEmpty: true, read: ({ value }) => looseText(value) });

const looseText = (value: unknown): string => {
  if (typeof value === "string") return value.replaceAll("\0", "").toWellFormed().trim();
  return typeof value === "number" ? String(value) : "";
};

/** POST of an organization's token (contract 16.1). */
export const CreateOrgTokenInput = body({
  name: looseName(),
  dateExpires: dateTime().nullish().describe("When the token stops working; never by default."),
});

/** A new token of the caller's own. */
export const CreateUserTokenInput = body({
  name: text({ max: 255 }),
  scopes: list(oneOf(SCOPES, { invalid: (scope) => `"${scope}" is not a valid choice.` }), { empty: false, max: SCOPES.length }),
  dateExpires: dateTime().nullish().describe("When the token stops working; never by default."),
});

/** What may be said of the token that takes another's place. */
export const RotateTokenInput = body({
  dateExpires: dateTime()
    .nullish()
    .describe("When the new token stops working, null for never; by default it lives as long as the old one was to."),
});

export type RotateTokenInput = z.output<typeof RotateTokenInput>;

/** An organization's token, as lists show it (contract 16.1). */
export const OrgTokenView = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    tokenLastCharacters: z.string(),
    dateCreated: z.iso.datetime(),
    dateLastUsed: z.iso.datetime().nullable(),
    projectLastUsedId: z.string().nullable(),
  })
  .meta({ id: "OrgToken" });

export type OrgTokenView = z.infer<typeof OrgTokenView>;

/** The same with the token itself: answered once, when it is made. */
export const NewOrgTokenView = OrgTokenView.extend({ token: z.string() });

export type NewOrgTokenView = z.infer<typeof NewOrgTokenView>;

/** Any token, for the people who manage them. */
export const TokenView = z.object({
  id: z.string(),
  kind: z.enum(["user", "organization"]),
  name: z.string(),
  scopes: z.array(z.string()),
  tokenLastCharacters: z.string(),
  dateCreated: z.iso.datetime(),
  dateExpires: z.iso.datetime().nullable(),
  dateLastUsed: z.iso.datetime().nullable(),
  lastUsedClient: z.string().nullable(),
});

export type TokenView = z.infer<typeof TokenView>;

/** The same with who made it and where it was used last, for pages. */
export const TokenDetailsView = TokenView.extend({
  /** Null if the server itself created it, or the account that did is gone. `isMember` is false for one that left the organization. */
  createdBy: z.object({ id: z.string(), name: z.string(), email: z.string(), isMember: z.boolean() }).nullable(),
  /** Whether it was created with another token, with which it ends. */
  hasParent: z.boolean(),
  /** How many tokens that work were created with it, and end with it. */
  children: z.number().int(),
  /** Null where none was named, and for a project the caller may not see. */
  projectLastUsed: z.object({ organization: z.string(), slug: z.string(), name: z.string() }).nullable(),
});

export type TokenDetailsView = z.infer<typeof TokenDetailsView>;

export const NewTokenView = TokenView.extend({ token: z.string() });
export type NewTokenView = z.infer<typeof NewTokenView>;

/** The token another one has taken the place of, and when it stops working. */
const replaced = z.object({ id: z.string(), dateExpires: z.iso.datetime() });

/** An organization's token that takes another's place; `token` is answered once. */
export const RotatedOrgTokenView = NewOrgTokenView.extend({ dateExpires: z.iso.datetime().nullable(), replaced });

export type RotatedOrgTokenView = z.infer<typeof RotatedOrgTokenView>;

/** The same of a person's own token. */
export const RotatedTokenView = NewTokenView.extend({ replaced });

export type RotatedTokenView = z.infer<typeof RotatedTokenView>;

/** Who is asking (contract 11.1). */
export const WhoAmIView = z.object({
  version: z.literal("0"),
  auth: z.object({ scopes: z.array(z.string()) }).nullable(),
  user: UserView.nullable(),
});

export type WhoAmIView = z.infer<typeof WhoAmIView>;

/** The servers an account is spread over (clients 3.2): none besides this one. */
export const RegionsView = z.object({ regions: z.array(z.object({ name: z.string(), url: z.string() })) });

export type RegionsView = z.infer<typeof RegionsView>;
