import { AppError } from "@landfall/core/app-error";

/** A number of so many digits may not survive as a JavaScript number. */
const LONG_NUMBER = /[[:,\s]-?\d{16,}[\s,\]}]/;

/**
 * The value of a JSON text (contract 1.8). Whole numbers too large for a JavaScript number come as `bigint`, so that none is changed in
 * passing. Throws `invalid` for what is not JSON in UTF-8, a byte order mark included.
 */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return LONG_NUMBER.test(text) ? JSON.parse(text, exactly) : JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid", `JSON parse error - ${reasonOf(error)}`, { cause: error });
  }
}

/** A reviver is called once for each level, inside one another: very deep texts run out of stack. */
function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return "Nested too deeply";
  return error instanceof Error ? error.message : String(error);
}

/** Node hands a reviver the source of each value; TypeScript's library does not know yet. */
function exactly(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== "number" || Number.isSafeInteger(value) || source === undefined) return value;
  return /^-?\d+$/.test(source) ? BigInt(source) : value;
}
