import { BROWSE_SORTS } from "@landfall/schema/constants";
import { FilterForm } from "#ui/forms/filter-form.tsx";
import { Select } from "#ui/forms/select.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { FilterMenu } from "./filter-menu.tsx";
import {
  DEFAULT_FILTERS,
  filtersQuery,
  isFiltered,
  LACKING_LABELS,
  LACKING_OPTIONS,
  type ListFilters,
  PERIOD_LABELS,
  PERIODS,
  SORT_LABELS,
  STATUS_LABELS,
  STATUSES,
} from "./list-filters.ts";
import type { CompletionSources } from "./query-completions.ts";
import { QueryError } from "./query-error.tsx";
import { QueryInput } from "./query-input.tsx";
import type { ListError } from "./read-list.ts";
import classes from "./filter-bar.module.css";

type FilterOptions = { readonly options: readonly { readonly value: string; readonly label: string }[]; readonly isCut: boolean };

type FilterBarProps = {
  readonly organization: string;
  readonly to: OrganizationUrls;
  readonly filters: ListFilters;
  readonly sources: CompletionSources;
  readonly projects: FilterOptions;
  readonly environments: FilterOptions;
  readonly error: ListError | null;
};

const QUERY_ERROR_ID = "query-error";

/** The search, filters, and order of the list. */
export function FilterBar({ organization, to, filters, sources, projects, environments, error }: FilterBarProps) {
  return (
    <FilterForm
      path={to.releases()}
      label="Filters"
      defaults={{ status: DEFAULT_FILTERS.status, sort: DEFAULT_FILTERS.sort }}
      className={classes["bar"] ?? ""}
    >
      <div className={classes["line"]}>
        <QueryInput query={filters.query} sources={sources} errorId={error ? QUERY_ERROR_ID : null} />
      </div>
      {error && <QueryError id={QUERY_ERROR_ID} to={to} filters={filters} error={error} />}
      <div className={classes["line"]}>
        <FilterMenu label="Project" name="project" {...projects} chosen={filters.projects} projectsOf={organization} />
        <FilterMenu label="Environment" name="environment" {...environments} chosen={filters.environments} />
        <Select
          label="Status"
          name="status"
          chosen={filters.status}
          options={STATUSES.map((status) => [status, STATUS_LABELS[status]] as const)}
        />
        <Select
          label="Created"
          name="period"
          chosen={filters.period}
          options={PERIODS.map((period) => [period, PERIOD_LABELS[period]] as const)}
        />
        <Select
          label="Commits and deploys"
          name="lacking"
          chosen={filters.lacking}
          options={LACKING_OPTIONS.map((lacking) => [lacking, LACKING_LABELS[lacking]] as const)}
        />
        <span className={classes["sort"]}>
          <Select
            label="Order"
            name="sort"
            chosen={filters.sort}
            options={BROWSE_SORTS.map((sort) => [sort, SORT_LABELS[sort]] as const)}
          />
        </span>
      </div>
    </FilterForm>
  );
}

/** The active filters as chips; each removes its filter. */
export function FilterChips({ to, filters }: { readonly to: OrganizationUrls; readonly filters: ListFilters }) {
  const { query, projects, environments, status, period, lacking } = filters;
  if (!isFiltered(filters) && status === "open") return null;
  const hrefWith = (changes: Partial<ListFilters>) => to.releases(filtersQuery({ ...filters, ...changes }));
  const chips = [
    ...(query === "" ? [] : [{ name: "search", value: query, href: hrefWith({ query: "" }) }]),
    ...projects.map((project) => ({
      name: "project",
      value: project === "-1" ? "all" : project,
      href: hrefWith({ projects: projects.filter((other) => other !== project) }),
    })),
    ...environments.map((environment) => ({
      name: "environment",
      value: environment,
      href: hrefWith({ environments: environments.filter((other) => other !== environment) }),
    })),
    ...(status === "open" ? [] : [{ name: "status", value: STATUS_LABELS[status].toLowerCase(), href: hrefWith({ status: "open" }) }]),
    ...(period === "" ? [] : [{ name: "created", value: PERIOD_LABELS[period].toLowerCase(), href: hrefWith({ period: "" }) }]),
    ...(lacking === "" ? [] : [{ name: "only", value: LACKING_LABELS[lacking].toLowerCase(), href: hrefWith({ lacking: "" }) }]),
  ];
  return (
    <ul className={`chips ${classes["chips"]}`} aria-label="Active filters">
      {chips.map(({ name, value, href }) => (
        <li key={`${name}:${value}`}>
          <PageLink href={href} scroll={false} title={`Remove ${name}: ${value}`}>
            <span className="unseen">Remove </span>
            <small>{name}</small> <span className="cut">{value}</span>
            <span aria-hidden="true">×</span>
          </PageLink>
        </li>
      ))}
      <li>
        <PageLink href={to.releases(filtersQuery({ ...DEFAULT_FILTERS, sort: filters.sort }))} scroll={false} data-clear="">
          Clear
        </PageLink>
      </li>
    </ul>
  );
}
