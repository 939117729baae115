import * as z from "zod";
import { field } from "./field.ts";

/**
 * How a caller names a project: slug, integer id or id as text (contract §3.1). It accepts anything, because the contract
 * has one answer for the whole list (§3.4, §19): what can name no project becomes null, and the caller's check refuses it.
 */
export function projectReference(): z.ZodType<string | number | null, string | number> {
  return field({ like: z.union([z.string(), z.int()]), readsEmpty: true, read: ({ value }) => asReference(value) });
}

function asReference(value: unknown): string | number | null {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : null;
  if (typeof value !== "string") return null;
  return value.isWellFormed() && !value.includes("\0") ? value : null;
}
