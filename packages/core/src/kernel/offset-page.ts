import type { Page } from "@landfall/schema/page";
import { AppError } from "./app-error.ts";
import { invalidCursor, type PageLimits, type PageRequest, readCursor, readPerPage } from "./page-request.ts";

/** Which rows to read for a page: `limit` of them from `offset`. The last one only tells whether there are more. */
export type OffsetWindow = {
  readonly limit: number;
  readonly offset: number;
  /** How many rows the page shows at most. */
  readonly size: number;
  readonly page: number;
};

/**
 * The rows a request asks for; hand them to `offsetPage` (contract 15.4). Throws `invalid` for a bad `per_page` or cursor and for a
 * page before the first; a cursor of size 0 is the first page (contract 19).
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

/** The page made of the rows that `offsetWindow` asked for, with the cursors of its neighbours (contract 15.4, 15.5). */
export function offsetPage<Row>({ limit, size, page }: OffsetWindow, rows: readonly Row[]): Page<Row> {
  const kept = limit === size + 1 ? rows : rows.slice(-(size + 1));
  return {
    items: kept.slice(0, size),
    previous: { cursor: `${size}:${page - 1}:1`, hasResults: page > 0 },
    next: { cursor: `${size}:${page + 1}:0`, hasResults: kept.length > size },
  };
}
