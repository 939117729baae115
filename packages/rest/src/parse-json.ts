import { AppError } from "@landfall/core/app-error";
import type { Limits } from "@landfall/core/limits";
import { scanJson } from "@landfall/core/scan-json";

/** Reading long numbers exactly takes five times as long; no client sends them in lists. */
const MOST_EXACT_VALUES = 100_000;

/**
 * Parses a JSON text (contract 1.8) of at most `elements` elements in all lists. Whole numbers too large for a JavaScript number are
 * returned as `bigint`. Throws `invalid` if the bytes are not JSON in UTF-8 (a byte order mark is not allowed), or if they exceed a limit.
 */
export function parseJson(bytes: Uint8Array, { elements }: Pick<Limits, "elements">): unknown {
  const { problem, values, hasLongNumber } = scanJson(bytes, { elements });
  if (problem !== null) throw parseError(problem);
  if (hasLongNumber && values > MOST_EXACT_VALUES)
    throw parseError(`A number has more than 15 digits beside more than ${MOST_EXACT_VALUES} other values`);
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return hasLongNumber ? JSON.parse(text, reviveBigInt) : JSON.parse(text);
  } catch (error) {
    throw parseError(error instanceof Error ? error.message : String(error), error);
  }
}

const parseError = (reason: string, cause?: unknown): AppError => new AppError("invalid", `JSON parse error - ${reason}`, { cause });

/** Node passes the source of each value to a reviver; TypeScript's library does not declare it yet. */
function reviveBigInt(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== "number" || Number.isSafeInteger(value) || source === undefined) return value;
  return /^-?\d+$/.test(source) ? BigInt(source) : value;
}
