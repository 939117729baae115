import type { Page } from "@landfall/schema/page";
import { asc, type Column, desc, type SQL, sql } from "drizzle-orm";
import { type PageLimits, type PageRequest, readCursor, readPerPage } from "./page-request.ts";

/** Where a row stands in its list: the value the list is sorted by (milliseconds for a date) and the row's id, which is never 0. */
export type SortKey = { readonly value: number; readonly id: number };

/** The order of a list: by value and then by id, both upwards or both downwards. */
export type SortOrder = "ascending" | "descending";

/** Which rows to read for a page: `limit` of them beyond `key`. The last one only tells whether there are more. */
export type KeysetWindow = {
  readonly limit: number;
  /** How many rows the page shows at most. */
  readonly size: number;
  /** Rows are read from here on, without a row at this very place. On the first page it lies before every row. */
  readonly key: SortKey;
  /** Rows are read against the order of the list: the page before `key` is wanted. */
  readonly backwards: boolean;
  readonly order: SortOrder;
  readonly isFirst: boolean;
};

/** The years 1 to 9999, which is what both databases hold; positions and counts lie between as well. */
const MIN_VALUE = -62_135_596_800_000;

const MAX_VALUE = 253_402_300_799_999;

/** What a cursor says that leads to the first page. */
const FIRST_PAGE = "0:0";

/**
 * The rows a request asks for; hand them to `keysetPage` (contract 15.6). However deep the page, only its own rows are read. Throws
 * `invalid` for a bad `per_page` or cursor.
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

/** The page made of the rows that `keysetWindow` asked for, in the order they were read (contract 15.6). */
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

/** From here backwards, the row at `key` itself is met again. */
const keyIncludingItself = ({ key, order }: KeysetWindow): SortKey => ({ value: key.value, id: key.id + (order === "ascending" ? 1 : -1) });

/** Behind an empty page: when nothing came before `key`, everything is on the pages from the first one on. */
const nextOfEmptyPage = ({ key, backwards, isFirst }: KeysetWindow): string => (backwards || isFirst ? FIRST_PAGE : formatKey(key));

/**
 * The condition and the order of a statement that reads the rows beyond a `SortKey`. One comparison of two columns at once, which
 * both databases answer by a walk along an index of (…, value, id). Placeholders: `value`, `id`.
 */
export function seek(
  columns: { readonly value: Column; readonly id: Column },
  order: SortOrder,
  backwards: boolean,
): { where: SQL; orderBy: [SQL, SQL] } {
  const { value, id } = columns;
  const upwards = (order === "ascending") !== backwards;
  const given = sql`(${sql.param(sql.placeholder("value"), value)}, ${sql.param(sql.placeholder("id"), id)})`;
  const direction = upwards ? asc : desc;
  return {
    where: upwards ? sql`(${value}, ${id}) > ${given}` : sql`(${value}, ${id}) < ${given}`,
    orderBy: [direction(value), direction(id)],
  };
}

/**
 * How many rows a page looks at for those that pass its filter. A page may then be short, or empty, and still have a next one, which
 * looks on from there: no page of a million rows costs more than this.
 */
export const SCAN_LIMIT = 20_000;

/** The rows beyond a window's key, in the order they are read, for lists sorted downwards by a date and an id. */
export function beyondKey({ key, backwards }: KeysetWindow, date: Column, id: Column): { where: SQL; orderBy: [SQL, SQL] } {
  const given = sql`(${sql.param(new Date(key.value), date)}, ${sql.param(key.id, id)})`;
  return backwards
    ? { where: sql`(${date}, ${id}) > ${given}`, orderBy: [sql`${date} asc`, sql`${id} asc`] }
    : { where: sql`(${date}, ${id}) < ${given}`, orderBy: [sql`${date} desc`, sql`${id} desc`] };
}

/**
 * The page made of rows that were found among the `SCANNED` first ones beyond the window's key. `findEdge` answers the key of the
 * last row looked at, or null when the list ended before; it is asked only when that matters.
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
