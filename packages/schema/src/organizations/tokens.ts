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
 * The name of an organization token. Any value is read as text, since the wire rejects a blank or long name with an error of the whole
 * request, not of the field (contract 16.1).
 */
const looseName = () => field({ like: z.string().min(1).max(255), readsEmpty: true, read: ({ value }) => looseText(value) });

const looseText = (value: unknown): string => {
  if (typeof value === "string") return value.replaceAll("\0", "").toWellFormed().trim();
  return typeof value === "number" ? String(value) : "";
};

/** POST of an organization token (contract 16.1). */
export const CreateOrgTokenInput = body({
  name: looseName(),
  dateExpires: dateTime().nullish().describe("When the token expires; never by default."),
});

/** A new user token of the caller. */
export const CreateUserTokenInput = body({
  name: text({ max: 255 }),
  scopes: list(oneOf(SCOPES, { invalid: (scope) => `"${scope}" is not a valid choice.` }), { empty: false, max: SCOPES.length }),
  dateExpires: dateTime().nullish().describe("When the token expires; never by default."),
});

/** Options for rotating a token. */
export const RotateTokenInput = body({
  dateExpires: dateTime().nullish().describe("When the new token expires, null for never; by default it has the lifetime of the old one."),
});

export type RotateTokenInput = z.output<typeof RotateTokenInput>;

/** An organization token (contract 16.1). */
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

/** A new organization token with its secret, which is returned once. */
export const NewOrgTokenView = OrgTokenView.extend({ token: z.string() });

export type NewOrgTokenView = z.infer<typeof NewOrgTokenView>;

/** A user token or an organization token, for pages. */
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

/** A token with its creator and its last use, for pages. */
export const TokenDetailsView = TokenView.extend({
  /** Null if the server created it, or the account was deleted. `isMember` is false for a former member. */
  createdBy: z.object({ id: z.string(), name: z.string(), email: z.string(), isMember: z.boolean() }).nullable(),
  /** Whether it was created with another token, whose revocation revokes it. */
  hasParent: z.boolean(),
  /** The number of active tokens that were created with it and are revoked with it. */
  children: z.number().int(),
  /** Null without a project, and for a project that the caller may not see. */
  projectLastUsed: z.object({ organization: z.string(), slug: z.string(), name: z.string() }).nullable(),
});

export type TokenDetailsView = z.infer<typeof TokenDetailsView>;

export const NewTokenView = TokenView.extend({ token: z.string() });
export type NewTokenView = z.infer<typeof NewTokenView>;

/** The rotated token, and when it expires. */
const replaced = z.object({ id: z.string(), dateExpires: z.iso.datetime() });

/** The new token of a rotated organization token; `token` is returned once. */
export const RotatedOrgTokenView = NewOrgTokenView.extend({ dateExpires: z.iso.datetime().nullable(), replaced });

export type RotatedOrgTokenView = z.infer<typeof RotatedOrgTokenView>;

/** The new token of a rotated user token. */
export const RotatedTokenView = NewTokenView.extend({ replaced });

export type RotatedTokenView = z.infer<typeof RotatedTokenView>;

/** The caller (contract 11.1). */
export const WhoAmIView = z.object({
  version: z.literal("0"),
  auth: z.object({ scopes: z.array(z.string()) }).nullable(),
  user: UserView.nullable(),
});

export type WhoAmIView = z.infer<typeof WhoAmIView>;

/** The regions of an account (clients 3.2): always this server only. */
export const RegionsView = z.object({ regions: z.array(z.object({ name: z.string(), url: z.string() })) });

export type RegionsView = z.infer<typeof RegionsView>;
