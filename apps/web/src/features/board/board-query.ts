import { type SearchParams, textParam, textParams } from "#server/pages/search-params.ts";
import type { UrlQuery } from "#ui/organization-urls.ts";

/** What of the board is shown, as its address says it. */
export type BoardQuery = {
  /** The columns in their order; none for the usual ones. Drift is told from each to the next. */
  readonly columns: readonly string[];
  /** Columns that stand first, whatever their order. */
  readonly pinned: readonly string[];
  /** Part of the names of the projects to show; "" for all. */
  readonly filter: string;
  readonly isDrift: boolean;
  readonly cursor: string | null;
};

/** Reads the query of the board's address: `?environment=staging&environment=production&pin=production&q=shop&drift=1`. */
export const parseBoardQuery = (params: SearchParams): BoardQuery => ({
  columns: [...new Set(textParams(params, "environment"))],
  pinned: [...new Set(textParams(params, "pin"))],
  filter: textParam(params, "q")?.trim() ?? "",
  isDrift: textParam(params, "drift") === "1",
  cursor: textParam(params, "cursor"),
});

/** The address's query for a board; `cursor` is left out unless given anew, since another choice has other pages. */
export const formatBoardQuery = ({ columns, pinned, filter, isDrift }: BoardQuery, cursor?: string): UrlQuery => ({
  environment: columns,
  pin: pinned,
  q: filter,
  drift: isDrift ? "1" : null,
  cursor,
});

/** Whether the address says nothing of what to show, so that the viewer's default view holds. */
export const hasNoQuery = (params: SearchParams): boolean => Object.keys(params).length === 0;

/** Columns as they stand: those pinned first, in the order they were pinned. */
export function orderColumns<T extends { readonly name: string }>(columns: readonly T[], pinned: readonly string[]): T[] {
  const first = pinned.flatMap((name) => columns.find((column) => column.name === name) ?? []);
  return [...first, ...columns.filter((column) => !first.includes(column))];
}

/** What can be done with a column. */
export type ColumnChange = "left" | "right" | "pin" | "unpin" | "hide";

/**
 * The board after a column was changed; null where that is not possible, as for the first one to the left. `shown` are the columns as they
 * were asked for or found, without regard to pins. Pinned columns move among themselves.
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

/** The board with a column more: behind all others. */
export const addColumn = (query: BoardQuery, shown: readonly string[], name: string): BoardQuery => ({
  ...query,
  columns: [...without(shown, name), name],
});

const without = (names: readonly string[], name: string): string[] => names.filter((other) => other !== name);

/** Changes places with the neighbour that is not pinned: pinned ones stand elsewhere. */
function moveAmongUnpinned(names: readonly string[], name: string, step: 1 | -1, pinned: readonly string[]): string[] | null {
  const free = names.filter((other) => !pinned.includes(other));
  const order = moveByOne(free, name, step);
  if (!order) return null;
  const next = order.values();
  return names.map((other) => (pinned.includes(other) ? other : (next.next().value ?? other)));
}

function moveByOne(names: readonly string[], name: string, step: 1 | -1): string[] | null {
  const at = names.indexOf(name);
  const other = names[at + step];
  if (at < 0 || other === undefined) return null;
  return names.map((one) => (one === name ? other : one === other ? name : one));
}
