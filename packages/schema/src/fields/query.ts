import * as z from "zod";

/** A switch in a query string: `1` or `true` is on, anything else is off. */
export const queryFlag = () => z.union([z.boolean(), z.string()]).transform((value) => value === true || value === "1" || value === "true");

/** Text in a query string. NUL is removed, since it cannot be stored and so never matches. */
export const queryText = () => z.string().transform((value) => value.replaceAll("\0", "").toWellFormed());

/** A repeatable parameter: one text or several. */
export const queryTexts = () => z.union([queryText().transform((one) => [one]), z.array(queryText()).max(200, "Too many values.")]);

const PERIODS = ["1h", "24h", "1d", "48h", "2d", "7d", "14d", "30d", "90d"] as const;

/** A period of session figures (contract 4.1). */
export const statsPeriod = (name: string) =>
  z.enum(PERIODS, `Invalid ${name}. Valid choices are ${PERIODS.map((period) => `'${period}'`).join(", ")}`).optional();

/** The page parameters of a list, which validates them (contract 15.4). */
export const pageParams = {
  per_page: z
    .union([z.string(), z.number()])
    .optional()
    .meta({ anyOf: [{ type: "integer", minimum: 1 }] }),
  cursor: z.string().optional(),
};

/** The input of an operation without input, which ignores any value. */
export const NoInput = z.unknown();

/** A boolean of a body. */
export const bool = () => z.boolean("Must be a valid boolean.");
