import { BROWSE_SORTS } from "@landfall/schema/constants";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { FilterForm, FilterMenu } from "./filter-form.tsx";
import {
  DEFAULT_FILTERS,
  filtersQuery,
  isFiltered,
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
  readonly address: ListFilters;
  readonly facts: CompletionSources;
  readonly projects: FilterOptions;
  readonly environments: FilterOptions;
  readonly refusal: ListError | null;
};

/** What the list shows, to be changed: the search, the filters, the order. */
export function FilterBar({ organization, to, address, facts, projects, environments, refusal }: FilterBarProps) {
  return (
    <FilterForm path={to.releases()} className={classes["bar"]}>
      <div className={classes["line"]}>
        <QueryInput query={address.query} facts={facts} refusedBy={refusal ? QUERY_ERROR_ID : null} />
        <noscript>
          <button type="submit">Show</button>
        </noscript>
      </div>
      {refusal && <QueryError id={QUERY_ERROR_ID} to={to} address={address} refusal={refusal} />}
      <div className={classes["line"]}>
        <FilterMenu label="Project" name="project" {...projects} chosen={address.projects} projectsOf={organization} />
        <FilterMenu label="Environment" name="environment" {...environments} chosen={address.environments} />
        <FilterSelect label="Status" name="status" chosen={address.status} names={STATUSES.map((one) => [one, STATUS_LABELS[one]])} />
        <FilterSelect label="Created" name="period" chosen={address.period} names={PERIODS.map((one) => [one, PERIOD_LABELS[one]])} />
        <span className={classes["sort"]}>
          <FilterSelect label="Order" name="sort" chosen={address.sort} names={BROWSE_SORTS.map((one) => [one, SORT_LABELS[one]])} />
        </span>
      </div>
    </FilterForm>
  );
}

const QUERY_ERROR_ID = "search-refusal";

type FilterSelectProps = {
  readonly label: string;
  readonly name: string;
  readonly chosen: string;
  readonly names: readonly (readonly [value: string, name: string])[];
};

/** One of a few. */
function FilterSelect({ label, name, chosen, names }: FilterSelectProps) {
  return (
    <select key={chosen} name={name} defaultValue={chosen} aria-label={label} title={label}>
      {names.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
}

/** What the list leaves out, each to be taken off by itself. */
export function FilterChips({ to, address }: { readonly to: OrganizationUrls; readonly address: ListFilters }) {
  const { query, projects, environments, status, period } = address;
  if (!isFiltered(address) && status === "open") return null;
  const without = (less: Partial<ListFilters>) => to.releases(filtersQuery({ ...address, ...less }));
  const chips = [
    ...(query === "" ? [] : [{ name: "search", value: query, href: without({ query: "" }) }]),
    ...projects.map((project) => ({
      name: "project",
      value: project === "-1" ? "all" : project,
      href: without({ projects: projects.filter((one) => one !== project) }),
    })),
    ...environments.map((environment) => ({
      name: "environment",
      value: environment,
      href: without({ environments: environments.filter((one) => one !== environment) }),
    })),
    ...(status === "open" ? [] : [{ name: "status", value: STATUS_LABELS[status].toLowerCase(), href: without({ status: "open" }) }]),
    ...(period === "" ? [] : [{ name: "created", value: PERIOD_LABELS[period].toLowerCase(), href: without({ period: "" }) }]),
  ];
  return (
    <ul className={classes["chips"]} aria-label="Filters of the list">
      {chips.map(({ name, value, href }) => (
        <li key={`${name}:${value}`}>
          <PageLink href={href} scroll={false} title={`Take off ${name}: ${value}`}>
            <span className="unseen">Take off </span>
            <small>{name}</small> <span className="cut">{value}</span>
            <span aria-hidden="true">×</span>
          </PageLink>
        </li>
      ))}
      <li>
        <PageLink href={to.releases(filtersQuery({ ...DEFAULT_FILTERS, sort: address.sort }))} scroll={false} data-clear="">
          Clear
        </PageLink>
      </li>
    </ul>
  );
}
