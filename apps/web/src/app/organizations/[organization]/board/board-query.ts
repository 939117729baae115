import { type SearchParams, textParam, textParams } from "../../../../page-data/params.ts";
import type { UrlQuery } from "../../../../ui/addresses.ts";

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
