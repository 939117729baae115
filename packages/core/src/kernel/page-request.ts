import { AppError } from "./app-error.ts";

/** The page that a caller asks for, as sent (contract 15.4). */
export type PageRequest = { readonly per_page?: string | number | undefined; readonly cursor?: string | undefined };

export type PageLimits = {
  /** The default page size; 100 if not set. */
  readonly usual?: number;
  /** The maximum page size; 100 if not set. */
  readonly most?: number;
};

/** A parsed cursor: `<value>:<offset>:<is_prev>`. The meaning of the numbers depends on the kind of list. */
export type Cursor = { readonly value: number; readonly offset: number; readonly isPrevious: boolean };

/** The page size. Throws `invalid` for anything but a whole number from 1 to the maximum (contract 15.4). */
export function readPerPage({ per_page: perPage }: PageRequest, { usual = 100, most = 100 }: PageLimits = {}): number {
  if (perPage === undefined) return Math.min(usual, most);
  const size = parseInteger(String(perPage));
  if (size === null || size <= 0) throw new AppError("invalid", "Invalid per_page parameter.");
  if (size > most) throw new AppError("invalid", `Invalid per_page value. Cannot exceed ${most}.`);
  return size;
}

/** The cursor of the request; null for the first page, as for an empty cursor. Throws `invalid` for a malformed cursor. */
export function readCursor({ cursor }: PageRequest): Cursor | null {
  if (cursor === undefined || cursor === "") return null;
  const parts = cursor.split(":").map(parseInteger);
  const [value, offset, isPrevious] = parts;
  if (parts.length !== 3 || value == null || offset == null || isPrevious == null) throw invalidCursor();
  return { value, offset, isPrevious: isPrevious !== 0 };
}

/** 400 for a cursor that this server never returns. */
export const invalidCursor = (): AppError => new AppError("invalid", "Invalid cursor parameter.", { reason: "invalid_cursor" });

/** Returns null for text that is not a whole number; clamps large numbers to the safe integers. */
function parseInteger(text: string): number | null {
  if (!/^\s*[+-]?\d{1,30}\s*$/.test(text)) return null;
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  return number > 0 ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
}
