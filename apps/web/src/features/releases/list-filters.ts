import { BROWSE_SORTS, type BrowseSort, LACKING } from "@landfall/schema/constants";
import { enumParam, type SearchParams, textParam, textParams } from "#server/pages/search-params.ts";
import { queryString, type UrlQuery } from "#ui/organization-urls.ts";

/** The form field of the list's checkboxes; its values are versions. */
export const SELECTION_FIELD = "version";

export const STATUSES = ["open", "archived", "all"] as const;
export const LACKING_OPTIONS = ["", ...LACKING] as const;
export const PERIODS = ["", "24h", "7d", "30d", "90d"] as const;

/** The filters and order of the list, as in the page's URL. */
export type ListFilters = {
  /** In the query language of the wire (contract 15.3). */
  readonly query: string;
  /** Slugs; "-1" for all the viewer can see. */
  readonly projects: readonly string[];
  readonly environments: readonly string[];
  readonly status: (typeof STATUSES)[number];
  /** The maximum age; empty for any. */
  readonly period: (typeof PERIODS)[number];
  /** What the releases lack; empty for all releases. */
  readonly lacking: (typeof LACKING_OPTIONS)[number];
  readonly sort: BrowseSort;
};

export const DEFAULT_FILTERS: ListFilters = {
  query: "",
  projects: [],
  environments: [],
  status: "open",
  period: "",
  lacking: "",
  sort: "date",
};

/** Parses the query of the page's URL. Invalid values are ignored. */
export const parseFilters = (params: SearchParams): ListFilters => ({
  query: textParam(params, "query")?.trim() ?? "",
  projects: [...new Set(textParams(params, "project"))],
  environments: [...new Set(textParams(params, "environment"))],
  status: enumParam(params, "status", STATUSES),
  period: enumParam(params, "period", PERIODS),
  lacking: enumParam(params, "lacking", LACKING_OPTIONS),
  sort: enumParam(params, "sort", BROWSE_SORTS),
});

/** Returns the query for a URL of the list. It is never empty: without a query, the page opens the viewer's default view. */
export function filtersQuery(filters: ListFilters, cursor?: string): UrlQuery {
  const fields = nonDefaults(filters);
  return { ...(Object.keys(fields).length === 0 ? { status: "open" } : fields), cursor };
}

/** Returns the query that a saved view stores; the same filters always give the same text. */
export const savedViewQuery = (filters: ListFilters): string => queryString(nonDefaults(filters)).slice(1);

/** Whether the filters exclude anything, apart from the status. */
export const isFiltered = ({ query, projects, environments, period, lacking }: ListFilters): boolean =>
  query !== "" || projects.length > 0 || environments.length > 0 || period !== "" || lacking !== "";

/** Returns the filters as the input of operations. */
export const filtersInput = ({ query, projects, environments, status, period, lacking }: ListFilters) => ({
  query,
  project: [...projects],
  environment: [...environments],
  status: status === "all" ? ("" as const) : status,
  statsPeriod: period === "" ? undefined : period,
  lacking: lacking === "" ? undefined : lacking,
});

function nonDefaults({
  query,
  projects,
  environments,
  status,
  period,
  lacking,
  sort,
}: ListFilters): Record<string, string | readonly string[]> {
  const fields = {
    query,
    project: projects.toSorted(),
    environment: environments.toSorted(),
    status: status === "open" ? "" : status,
    period,
    lacking,
    sort: sort === "date" ? "" : sort,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value.length > 0));
}

export const STATUS_LABELS: Record<ListFilters["status"], string> = { open: "Open", archived: "Archived", all: "Open and archived" };

export const PERIOD_LABELS: Record<ListFilters["period"], string> = {
  "": "Any time",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
};

export const LACKING_LABELS: Record<ListFilters["lacking"], string> = {
  "": "With or without commits",
  commits: "Without commits",
  deploys: "Finalized a week ago, not deployed",
};

export const SORT_LABELS: Record<ListFilters["sort"], string> = {
  date: "Newest first",
  semver: "Highest version first",
  build: "Highest build first",
};

/** A project as an option of the filters. */
export const projectOption = ({ slug, name }: { readonly slug: string; readonly name: string }) => ({
  value: slug,
  label: name === slug ? slug : `${name} (${slug})`,
});
