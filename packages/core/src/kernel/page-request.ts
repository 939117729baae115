import { AppError } from "./app-error.ts";

/** Where a list is to start and how long its page is, as callers write it (contract 15.4). */
export type PageRequest = { readonly per_page?: string | number | undefined; readonly cursor?: string | undefined };

export type PageLimits = {
  /** The length of a page nobody asked a length for; 100 by default. */
  readonly usual?: number;
  /** The longest page there is; 100 by default. */
  readonly most?: number;
};

/** A cursor taken apart: `<value>:<offset>:<is_prev>`. What the numbers mean is up to the kind of list. */
export type Cursor = { readonly value: number; readonly offset: number; readonly isPrevious: boolean };

/** How many rows a page has at most. Throws `invalid` for anything but a whole number from 1 to the most allowed (contract 15.4). */
export function readPerPage({ per_page: perPage }: PageRequest, { usual = 100, most = 100 }: PageLimits = {}): number {
  if (perPage === undefined) return Math.min(usual, most);
  const size = wholeNumber(String(perPage));
  if (size === null || size <= 0) throw new AppError("invalid", "Invalid per_page parameter.");
  if (size > most) throw new AppError("invalid", `Invalid per_page value. Cannot exceed ${most}.`);
  return size;
}

/** The cursor asked for; null for the first page, which an empty cursor means too. Throws `invalid` for a text that is none. */
export function readCursor({ cursor }: PageRequest): Cursor | null {
  if (cursor === undefined || cursor === "") return null;
  const parts = cursor.split(":").map(wholeNumber);
  const [value, offset, isPrevious] = parts;
  if (parts.length !== 3 || value == null || offset == null || isPrevious == null) throw invalidCursor();
  return { value, offset, isPrevious: isPrevious !== 0 };
}

/** 400 for a cursor that no answer of this server held. */
export const invalidCursor = (): AppError => new AppError("invalid", "Invalid cursor parameter.");

function wholeNumber(text: string): number | null {
  if (!/^\s*[+-]?\d{1,30}\s*$/.test(text)) return null;
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  return number > 0 ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
}
