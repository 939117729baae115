import * as z from "zod";
import { body } from "../fields/body.ts";
import { oneOf } from "../fields/choice.ts";
import { dateTime } from "../fields/date-time.ts";
import { field } from "../fields/field.ts";
import { list } from "../fields/list.ts";
import { text } from "../fields/text.ts";
import { SCOPES } from "../scope.ts";
import { pageParams } from "./query.ts";

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
