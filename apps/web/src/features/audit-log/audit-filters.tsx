import { AUDIT_NOUNS } from "@landfall/schema/organizations/audit";
import { PageLink } from "#ui/links.tsx";
import type { AuditQuery } from "./audit-query.ts";
import classes from "./audit-filters.module.css";

type AuditFiltersProps = { readonly path: string; readonly address: AuditQuery };

/** What to look for in the audit log; a plain form whose answer is in the address. */
export function AuditFilters({ path, address }: AuditFiltersProps) {
  const { actor, action, target, from, to } = address;
  const isFiltered = Object.values(address).some((value) => value !== null);
  const actions = action === null || AUDIT_NOUNS.includes(action) ? AUDIT_NOUNS : [action, ...AUDIT_NOUNS];
  return (
    <search>
      <form action={path} className={classes["filters"]}>
        <label>
          Who
          <input name="actor" defaultValue={actor ?? ""} placeholder="ada@acme.test" />
        </label>
        <label>
          About
          <select name="action" defaultValue={action ?? ""}>
            <option value="">everything</option>
            {actions.map((noun) => (
              <option key={noun} value={noun}>
                {noun.replaceAll("_", " ")}
              </option>
            ))}
          </select>
        </label>
        <label>
          What exactly
          <input name="target" defaultValue={target ?? ""} placeholder="a version, a name" />
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
