import { type SearchParams, textParam, textParams } from "#server/pages/search-params.ts";
import type { UrlQuery } from "#ui/organization-urls.ts";

/** What the board shows, as in its URL. */
export type BoardQuery = {
  /** The columns in order; empty for the default columns. Drift compares each with the next. */
  readonly columns: readonly string[];
  /** Columns moved to the front. */
  readonly pinned: readonly string[];
  /** Text in the names of the projects to show; "" for all. */
  readonly filter: string;
  readonly isDrift: boolean;
  readonly cursor: string | null;
};

/** Parses the query of the board's URL: `?environment=staging&environment=production&pin=production&q=shop&drift=1`. */
export const parseBoardQuery = (params: SearchParams): BoardQuery => ({
  columns: [...new Set(textParams(params, "environment"))],
  pinned: [...new Set(textParams(params, "pin"))],
  filter: textParam(params, "q")?.trim() ?? "",
  isDrift: textParam(params, "drift") === "1",
  cursor: textParam(params, "cursor"),
});

/** Returns the query for a URL of the board. The query's own cursor is dropped: after a change, the pages differ. */
export const formatBoardQuery = ({ columns, pinned, filter, isDrift }: BoardQuery, cursor?: string): UrlQuery => ({
  environment: columns,
  pin: pinned,
  q: filter,
  drift: isDrift ? "1" : null,
  cursor,
});

/** Whether the URL has no query, so that the viewer's default view applies. */
export const hasNoQuery = (params: SearchParams): boolean => Object.keys(params).length === 0;

/** Returns the columns in display order: pinned ones first, in the order they were pinned. */
export function orderColumns<T extends { readonly name: string }>(columns: readonly T[], pinned: readonly string[]): T[] {
  const first = pinned.flatMap((name) => columns.find((column) => column.name === name) ?? []);
  return [...first, ...columns.filter((column) => !first.includes(column))];
}

export type ColumnChange = "left" | "right" | "pin" | "unpin" | "hide";

/**
 * Returns the board after a change of a column; null if the change is impossible, such as moving the first column left. `shown` are the
 * columns in their order without pins. Pinned columns move among themselves.
 */
export function changeColumn(query: BoardQuery, shown: readonly string[], name: string, change: ColumnChange): BoardQuery | null {
  const isPinned = query.pinned.includes(name);
  if (change === "pin") return isPinned ? null : { ...query, pinned: [...query.pinned, name] };
  if (change === "unpin") return isPinned ? { ...query, pinned: without(query.pinned, name) } : null;
  if (change === "hide") return shown.length > 1 ? { ...query, columns: without(shown, name), pinned: without(query.pinned, name) } : null;
  const step = change === "left" ? -1 : 1;
  if (isPinned) {
    const pinned = moveByOne(query.pinned, name, step);
    return pinned && { ...query, pinned };
  }
  const columns = moveAmongUnpinned(shown, name, step, query.pinned);
  return columns && { ...query, columns };
}

/** Returns the board with one more column, at the end. */
export const addColumn = (query: BoardQuery, shown: readonly string[], name: string): BoardQuery => ({
  ...query,
  columns: [...without(shown, name), name],
});

const without = (names: readonly string[], name: string): string[] => names.filter((other) => other !== name);

/** Swaps a column with the neighbor that is not pinned. */
function moveAmongUnpinned(names: readonly string[], name: string, step: 1 | -1, pinned: readonly string[]): string[] | null {
  const unpinned = names.filter((other) => !pinned.includes(other));
  const order = moveByOne(unpinned, name, step);
  if (!order) return null;
  const next = order.values();
  return names.map((other) => (pinned.includes(other) ? other : (next.next().value ?? other)));
}

function moveByOne(names: readonly string[], name: string, step: 1 | -1): string[] | null {
  const index = names.indexOf(name);
  const other = names[index + step];
  if (index < 0 || other === undefined) return null;
  return names.map((one) => (one === name ? other : one === other ? name : one));
}
