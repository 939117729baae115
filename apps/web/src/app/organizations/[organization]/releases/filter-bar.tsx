import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { FilterMenu } from "./choice-menu.tsx";
import type { CompletionSources } from "./completions.ts";
import { FilterForm } from "./filter-form.tsx";
import { type ListFilters, PERIODS, STATUSES } from "./list-address.ts";
import { QueryInput } from "./search-box.tsx";
import { PERIOD_LABELS, SORT_LABELS, STATUS_LABELS } from "./filter-names.ts";
import type { ListError } from "./read-list.ts";
import { QueryError } from "./search-refusal.tsx";
import classes from "./filter-bar.module.css";
import { BROWSE_SORTS } from "@landfall/schema/browse-sorts";

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
