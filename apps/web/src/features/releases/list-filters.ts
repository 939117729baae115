import { BROWSE_SORTS, type BrowseSort } from "@landfall/schema/constants";
import { enumParam, type SearchParams, textParam, textParams } from "#server/pages/search-params.ts";
import { queryString, type UrlQuery } from "#ui/organization-urls.ts";

export const STATUSES = ["open", "archived", "all"] as const;
export const PERIODS = ["", "24h", "7d", "30d", "90d"] as const;

/** What the page's address says the list is to show. */
export type ListFilters = {
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
export const DEFAULT_FILTERS: ListFilters = { query: "", projects: [], environments: [], status: "open", period: "", sort: "date" };

/** Reads an address; what it cannot mean counts as not said. */
export const parseFilters = (params: SearchParams): ListFilters => ({
  query: textParam(params, "query")?.trim() ?? "",
  projects: [...new Set(textParams(params, "project"))],
  environments: [...new Set(textParams(params, "environment"))],
  status: enumParam(params, "status", STATUSES),
  period: enumParam(params, "period", PERIODS),
  sort: enumParam(params, "sort", BROWSE_SORTS),
});

/** The query of an address of the list. It is never empty: a page opened without one opens the viewer's own view. */
export function filtersQuery(address: ListFilters, cursor?: string): UrlQuery {
  const said = nonDefaults(address);
  return { ...(Object.keys(said).length === 0 ? { status: "open" } : said), cursor };
}

/** What tells two lists apart, always written the same way: what a saved view keeps. */
export const savedViewQuery = (address: ListFilters): string => queryString(nonDefaults(address)).slice(1);

/** The list a saved view is of. */
export const parseSavedView = (query: string): ListFilters => {
  const params = new URLSearchParams(query);
  return parseFilters(Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)])));
};

/** Whether it leaves anything out, besides archived releases. */
export const isFiltered = ({ query, projects, environments, period }: ListFilters): boolean =>
  query !== "" || projects.length > 0 || environments.length > 0 || period !== "";

/** What operations call it. */
export const filtersInput = ({ query, projects, environments, status, period }: ListFilters) => ({
  query,
  project: [...projects],
  environment: [...environments],
  status: status === "all" ? ("" as const) : status,
  ...(period === "" ? {} : { statsPeriod: period }),
});

function nonDefaults({ query, projects, environments, status, period, sort }: ListFilters): Record<string, string | readonly string[]> {
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

/** The choices in words, as the filters offer them. */
export const STATUS_LABELS: Record<ListFilters["status"], string> = { open: "Open", archived: "Archived", all: "Open and archived" };

export const PERIOD_LABELS: Record<ListFilters["period"], string> = {
  "": "Created any time",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
};

export const SORT_LABELS: Record<ListFilters["sort"], string> = {
  date: "Newest first",
  semver: "Highest version first",
  build: "Highest build first",
};

/** A project as one of several to choose from. */
export const projectOption = ({ slug, name }: { readonly slug: string; readonly name: string }) => ({
  value: slug,
  label: name === slug ? slug : `${name} (${slug})`,
});
