import type { Page } from "@landfall/schema/page";
import { asc, type Column, desc, type SQL, sql } from "drizzle-orm";
import { type PageLimits, type PageRequest, readCursor, readPerPage } from "./page-request.ts";

/** The position of a row in its list: the value that the list is sorted by (milliseconds for a date) and the row's id, which is never 0. */
export type SortKey = { readonly value: number; readonly id: number };

/** The order of a list by value and then by id, both in the same direction. */
export type SortOrder = "ascending" | "descending";

/** The rows to read for a page: `limit` rows after `key`. The last one only shows whether there are more. */
export type KeysetWindow = {
  readonly limit: number;
  /** The page size. */
  readonly size: number;
  /** Rows are read from here on, excluding a row at this position. On the first page it is before every row. */
  readonly key: SortKey;
  /** Whether rows are read against the order of the list, for the page before `key`. */
  readonly backwards: boolean;
  readonly order: SortOrder;
  readonly isFirst: boolean;
};

/** The years 1 to 9999, the range of dates in both databases. Positions and counts are within it as well. */
const MIN_VALUE = -62_135_596_800_000;

const MAX_VALUE = 253_402_300_799_999;

/** The key in cursors of the first page. */
const FIRST_PAGE = "0:0";

/**
 * The rows to read for a page request, to be passed to `keysetPage` (contract 15.6). Only the rows of the page itself are read, however
 * deep it is. Throws `invalid` for an invalid `per_page` or cursor.
 */
export function keysetWindow(request: PageRequest, order: SortOrder, limits: PageLimits = {}): KeysetWindow {
  const size = readPerPage(request, limits);
  const cursor = readCursor(request);
  const limit = size + 1;
  if (!cursor || (cursor.value === 0 && cursor.offset === 0)) {
    const key = order === "ascending" ? { value: MIN_VALUE, id: -1 } : { value: MAX_VALUE, id: Number.MAX_SAFE_INTEGER };
    return { limit, size, key, backwards: false, order, isFirst: true };
  }
  const key = { value: Math.min(Math.max(cursor.value, MIN_VALUE), MAX_VALUE), id: cursor.offset };
  return { limit, size, key, backwards: cursor.isPrevious, order, isFirst: false };
}

/** Builds a page from the rows of a `keysetWindow`, in the order they were read (contract 15.6). */
export function keysetPage<Row>(window: KeysetWindow, rows: readonly Row[], keyOf: (row: Row) => SortKey): Page<Row> {
  const { size, backwards, isFirst } = window;
  const read = rows.slice(0, size);
  const items = backwards ? read.toReversed() : read;
  const isMore = rows.length > size;
  const first = items.at(0);
  const last = items.at(-1);
  return {
    items,
    previous: {
      cursor: isFirst ? `${FIRST_PAGE}:1` : `${formatKey(first ? keyOf(first) : keyIncludingItself(window))}:1`,
      hasResults: backwards ? isMore : !isFirst,
    },
    next: { cursor: `${last ? formatKey(keyOf(last)) : nextOfEmptyPage(window)}:0`, hasResults: backwards || isMore },
  };
}

const formatKey = ({ value, id }: SortKey): string => `${value}:${id}`;

/** A key from which reading backwards includes the row at `key` itself. */
const keyIncludingItself = ({ key, order }: KeysetWindow): SortKey => ({ value: key.value, id: key.id + (order === "ascending" ? 1 : -1) });

/** The next page of an empty page: if nothing precedes `key`, it is the first page. */
const nextOfEmptyPage = ({ key, backwards, isFirst }: KeysetWindow): string => (backwards || isFirst ? FIRST_PAGE : formatKey(key));

/** The parameters of a statement made with `seek`. `value` is a `Date` when the column has dates. */
export type SeekValues = { readonly value: number | Date; readonly id: number };

/**
 * The condition and the order of a statement that reads the rows beyond a `SortKey`. A row comparison, for which both databases scan an
 * index on (…, value, id).
 */
export function seek(
  columns: { readonly value: Column; readonly id: Column },
  order: SortOrder,
  backwards: boolean,
  param: SeekValues,
): { where: SQL; orderBy: [SQL, SQL] } {
  const { value, id } = columns;
  const isAscending = (order === "ascending") !== backwards;
  const key = sql`(${sql.param(param.value, value)}, ${sql.param(param.id, id)})`;
  const direction = isAscending ? asc : desc;
  return {
    where: isAscending ? sql`(${value}, ${id}) > ${key}` : sql`(${value}, ${id}) < ${key}`,
    orderBy: [direction(value), direction(id)],
  };
}

/**
 * The most rows that are scanned for a page with a filter, so that no page costs more. A page may then be short or empty and still have a
 * next one, which continues from there.
 */
export const SCAN_LIMIT = 20_000;

/** The condition and the order of the rows beyond a window's key, for lists sorted by a date and an id, the newest first. */
export function beyondKey({ key, backwards }: KeysetWindow, date: Column, id: Column): { where: SQL; orderBy: [SQL, SQL] } {
  const position = sql`(${sql.param(new Date(key.value), date)}, ${sql.param(key.id, id)})`;
  return backwards
    ? { where: sql`(${date}, ${id}) > ${position}`, orderBy: [sql`${date} asc`, sql`${id} asc`] }
    : { where: sql`(${date}, ${id}) < ${position}`, orderBy: [sql`${date} desc`, sql`${id} desc`] };
}

/**
 * Builds a page from rows that were found among the first `SCAN_LIMIT` rows beyond the window's key. `findEdge` returns the key of the last
 * row that was scanned, or null if the list ended before; it is only called for a page that is not full.
 */
export async function scannedPage<Row>(
  window: KeysetWindow,
  rows: readonly Row[],
  keyOf: (row: Row) => SortKey,
  findEdge: () => Promise<SortKey | null>,
): Promise<Page<Row>> {
  const page = keysetPage(window, rows, keyOf);
  if (rows.length > window.size) return page;
  const edge = await findEdge();
  if (!edge) return page;
  const further = { cursor: `${edge.value}:${edge.id}`, hasResults: true };
  if (!window.backwards) return { ...page, next: { ...further, cursor: `${further.cursor}:0` } };
  const next = page.items.length > 0 ? page.next : { cursor: `${window.key.value}:${window.key.id + 1}:0`, hasResults: true };
  return { ...page, previous: { ...further, cursor: `${further.cursor}:1` }, next };
}
