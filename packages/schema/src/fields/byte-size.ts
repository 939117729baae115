import * as z from "zod";

const KiB = 1024;
const UNITS: Readonly<Record<string, number>> = { "": 1, KiB, MiB: KiB ** 2, GiB: KiB ** 3, TiB: KiB ** 4 };

/** A size such as `500MiB`, `1.5 GiB` or `4096`, read as bytes. */
export const ByteSize = z.string().transform((text, { addIssue }) => {
  const [, digits, unit = ""] = /^(\d{1,15}(?:\.\d{1,3})?)\s?([KMGT]iB)?$/.exec(text.trim()) ?? [];
  const bytes = Math.round(Number(digits) * (UNITS[unit] ?? Number.NaN));
  if (Number.isSafeInteger(bytes)) return bytes;
  addIssue("is a size such as 500MiB or 50GiB");
  return z.NEVER;
});
