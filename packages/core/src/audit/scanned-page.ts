import type { Page } from "@landfall/schema/views/page";
import { type Column, type SQL, sql } from "drizzle-orm";
import { keysetPage, type KeysetWindow, type SortKey } from "../pagination/keyset-page.ts";

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
