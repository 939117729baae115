import type { Addresses } from "../../../../ui/addresses.ts";
import { ChoiceMenu } from "./choice-menu.tsx";
import type { SearchFacts } from "./completions.ts";
import { FilterForm } from "./filter-form.tsx";
import { type ListAddress, PERIODS, STATUSES } from "./list-address.ts";
import { SearchBox } from "./search-box.tsx";
import { PERIOD_NAMES, SORT_NAMES, STATUS_NAMES } from "./filter-names.ts";
import type { ListRefusal } from "./read-list.ts";
import { SearchRefusal } from "./search-refusal.tsx";
import classes from "./filter-bar.module.css";
import { BROWSE_SORTS } from "@landfall/schema/browse-sorts";

type Choices = { readonly options: readonly { readonly value: string; readonly label: string }[]; readonly isCut: boolean };

type FilterBarProps = {
  readonly organization: string;
  readonly to: Addresses;
  readonly address: ListAddress;
  readonly facts: SearchFacts;
  readonly projects: Choices;
  readonly environments: Choices;
  readonly refusal: ListRefusal | null;
};

/** What the list shows, to be changed: the search, the filters, the order. */
export function FilterBar({ organization, to, address, facts, projects, environments, refusal }: FilterBarProps) {
  return (
    <FilterForm path={to.releases()} className={classes["bar"]}>
      <div className={classes["line"]}>
        <SearchBox query={address.query} facts={facts} refusedBy={refusal ? REFUSAL_ID : null} />
        <noscript>
          <button type="submit">Show</button>
        </noscript>
      </div>
      {refusal && <SearchRefusal id={REFUSAL_ID} to={to} address={address} refusal={refusal} />}
      <div className={classes["line"]}>
        <ChoiceMenu label="Project" name="project" {...projects} chosen={address.projects} projectsOf={organization} />
        <ChoiceMenu label="Environment" name="environment" {...environments} chosen={address.environments} />
        <Choice label="Status" name="status" chosen={address.status} names={STATUSES.map((one) => [one, STATUS_NAMES[one]])} />
        <Choice label="Created" name="period" chosen={address.period} names={PERIODS.map((one) => [one, PERIOD_NAMES[one]])} />
        <span className={classes["sort"]}>
          <Choice label="Order" name="sort" chosen={address.sort} names={BROWSE_SORTS.map((one) => [one, SORT_NAMES[one]])} />
        </span>
      </div>
    </FilterForm>
  );
}

const REFUSAL_ID = "search-refusal";

type ChoiceProps = {
  readonly label: string;
  readonly name: string;
  readonly chosen: string;
  readonly names: readonly (readonly [value: string, name: string])[];
};

/** One of a few. */
function Choice({ label, name, chosen, names }: ChoiceProps) {
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
