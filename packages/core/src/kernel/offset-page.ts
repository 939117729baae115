import type { Page } from "@landfall/schema/page";
import { AppError } from "./app-error.ts";
import { invalidCursor, type PageLimits, type PageRequest, readCursor, readPerPage } from "./page-request.ts";

/** The rows to read for a page: `limit` rows from `offset`. The last one only shows whether there are more. */
export type OffsetWindow = {
  readonly limit: number;
  readonly offset: number;
  /** The page size. */
  readonly size: number;
  readonly page: number;
};

/**
 * The rows to read for a page request, to be passed to `offsetPage` (contract 15.4). A cursor of size 0 is the first page (contract 19).
 * Throws `invalid` for an invalid `per_page` or cursor, and for a page before the first.
 */
export function offsetWindow(request: PageRequest, limits: PageLimits = {}): OffsetWindow {
  const size = readPerPage(request, limits);
  const cursor = readCursor(request);
  if (!cursor || cursor.value === 0) return { limit: size + 1, offset: 0, size, page: 0 };
  const step = cursor.value;
  const offset = step * cursor.offset;
  if (offset < 0) throw new AppError("invalid", "Pagination offset cannot be negative");
  if (step < 0 || step > Math.max(limits.most ?? 100, size)) throw invalidCursor();
  return { limit: step + 1, offset: Math.min(offset, Number.MAX_SAFE_INTEGER), size, page: cursor.offset };
}

/** Builds a page from the rows of an `offsetWindow`, with the cursors of the previous and next page (contract 15.4, 15.5). */
export function offsetPage<Row>({ limit, size, page }: OffsetWindow, rows: readonly Row[]): Page<Row> {
  const ownRows = limit === size + 1 ? rows : rows.slice(-(size + 1));
  return {
    items: ownRows.slice(0, size),
    previous: { cursor: `${size}:${page - 1}:1`, hasResults: page > 0 },
    next: { cursor: `${size}:${page + 1}:0`, hasResults: ownRows.length > size },
  };
}
