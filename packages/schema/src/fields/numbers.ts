import * as z from "zod";
import { addIssue, field } from "./field.ts";
import { pythonStrip } from "./python.ts";

/** The bounds of an integer, both inclusive. */
export interface IntegerOptions {
  readonly min?: number;
  readonly max?: number;
}

const NOT_AN_INTEGER = "A valid integer is required.";

/** The maximum number of digits that are parsed: longer numbers are not safe integers, even with leading zeros. */
const MAX_DIGITS = 1000;

/** An integer like Django REST framework's IntegerField: texts such as "12" and floats such as 12.0 count as 12. */
export function integer({ min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }: IntegerOptions = {}): z.ZodType<number, number> {
  return field({
    like: z.int().min(min).max(max),
    read: (payload) => {
      const value = asInteger(payload.value);
      if (value === null) addIssue(payload, NOT_AN_INTEGER);
      else if (value > max) addIssue(payload, `Ensure this value is less than or equal to ${max}.`);
      else if (value < min) addIssue(payload, `Ensure this value is greater than or equal to ${min}.`);
      else return value;
      return undefined;
    },
  });
}

function asInteger(value: unknown): number | null {
  if (typeof value === "number") return Number.isInteger(value) ? value : null;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "string" || value.length > MAX_DIGITS) return null;
  const digits = /^([+-]?[0-9]+)(?:\.0*)?$/.exec(pythonStrip(value))?.[1];
  return digits === undefined ? null : Number(digits);
}

const KiB = 1024;
const UNITS: Readonly<Record<string, number>> = { "": 1, KiB, MiB: KiB ** 2, GiB: KiB ** 3, TiB: KiB ** 4 };

/** A size in bytes, written as `500MiB`, `1.5 GiB` or `4096`. */
export const ByteSize = z.string().transform((text, { addIssue }) => {
  const [, digits, unit = ""] = /^(\d{1,15}(?:\.\d{1,3})?)\s?([KMGT]iB)?$/.exec(text.trim()) ?? [];
  const bytes = Math.round(Number(digits) * (UNITS[unit] ?? Number.NaN));
  if (Number.isSafeInteger(bytes)) return bytes;
  addIssue("is a size such as 500MiB or 50GiB");
  return z.NEVER;
});
