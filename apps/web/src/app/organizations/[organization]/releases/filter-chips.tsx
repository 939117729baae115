import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { PageLink } from "../../../../ui/page-link.tsx";
import { PERIOD_LABELS, STATUS_LABELS } from "./filter-names.ts";
import { filtersQuery, isFiltered, type ListFilters, DEFAULT_FILTERS } from "./list-address.ts";
import classes from "./filter-chips.module.css";

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
