import { BROWSE_SORTS, type BrowseSort } from "@landfall/schema/browse-sorts";
import { choiceParam, type SearchParams, textParam, textParams } from "../../../../page-data/params.ts";
import { type AddressQuery, queryOf } from "../../../../ui/addresses.ts";

export const STATUSES = ["open", "archived", "all"] as const;
export const PERIODS = ["", "24h", "7d", "30d", "90d"] as const;

/** What the page's address says the list is to show. */
export type ListAddress = {
  /** In the language of the wire. */
  readonly query: string;
  /** Slugs; "-1" for all within reach. */
  readonly projects: readonly string[];
  readonly environments: readonly string[];
  readonly status: (typeof STATUSES)[number];
  /** How long ago they were created at most; empty for any time. */
  readonly period: (typeof PERIODS)[number];
  readonly sort: BrowseSort;
};

/** The list without anything chosen. */
export const WHOLE_LIST: ListAddress = { query: "", projects: [], environments: [], status: "open", period: "", sort: "date" };

/** Reads an address; what it cannot mean counts as not said. */
export const readAddress = (params: SearchParams): ListAddress => ({
  query: textParam(params, "query")?.trim() ?? "",
  projects: [...new Set(textParams(params, "project"))],
  environments: [...new Set(textParams(params, "environment"))],
  status: choiceParam(params, "status", STATUSES),
  period: choiceParam(params, "period", PERIODS),
  sort: choiceParam(params, "sort", BROWSE_SORTS),
});

/** The query of an address of the list. It is never empty: a page opened without one opens the viewer's own view. */
export function addressQuery(address: ListAddress, cursor?: string): AddressQuery {
  const said = spoken(address);
  return { ...(Object.keys(said).length === 0 ? { status: "open" } : said), cursor };
}

/** What tells two lists apart, always written the same way: what a saved view keeps. */
export const viewText = (address: ListAddress): string => queryOf(spoken(address)).slice(1);

/** The list a saved view is of. */
export const readView = (query: string): ListAddress => {
  const params = new URLSearchParams(query);
  return readAddress(Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)])));
};

/** Whether it leaves anything out, besides archived releases. */
export const isFiltered = ({ query, projects, environments, period }: ListAddress): boolean =>
  query !== "" || projects.length > 0 || environments.length > 0 || period !== "";

/** What operations call it. */
export const listInput = ({ query, projects, environments, status, period }: ListAddress) => ({
  query,
  project: [...projects],
  environment: [...environments],
  status: status === "all" ? ("" as const) : status,
  ...(period === "" ? {} : { statsPeriod: period }),
});

function spoken({ query, projects, environments, status, period, sort }: ListAddress): Record<string, string | readonly string[]> {
  const all = {
    query,
    project: projects.toSorted(),
    environment: environments.toSorted(),
    status: status === "open" ? "" : status,
    period,
    sort: sort === "date" ? "" : sort,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value.length > 0));
}
