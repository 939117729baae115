import { AUDIT_NOUNS } from "@landfall/schema/organizations/audit";
import { Select } from "#ui/forms/select.tsx";
import { PageLink } from "#ui/links.tsx";
import type { AuditQuery } from "./audit-query.ts";
import classes from "./audit-filters.module.css";

type AuditFiltersProps = { readonly path: string; readonly filters: AuditQuery };

/** The filters of the audit log: a plain form that works without scripts. */
export function AuditFilters({ path, filters }: AuditFiltersProps) {
  const { actor, action, target, from, to } = filters;
  const isFiltered = Object.values(filters).some((value) => value !== null);
  return (
    <search>
      <form action={path} className={classes["filters"]}>
        <label>
          Actor
          <input name="actor" defaultValue={actor ?? ""} placeholder="ada@acme.test" />
        </label>
        <div>
          <span aria-hidden="true">Type</span>
          <Select
            label="Type"
            name="action"
            chosen={action ?? ""}
            options={[["", "all"], ...AUDIT_NOUNS.map((noun) => [noun, noun.replaceAll("_", " ")] as const)]}
          />
        </div>
        <label>
          Target
          <input name="target" defaultValue={target ?? ""} placeholder="version or name" />
        </label>
        <label>
          From
          <input name="from" type="date" defaultValue={from ?? ""} />
        </label>
        <label>
          To
          <input name="to" type="date" defaultValue={to ?? ""} />
        </label>
        <button type="submit">Filter</button>
        {isFiltered && <PageLink href={path}>Clear</PageLink>}
      </form>
    </search>
  );
}
