import type { AuditView } from "@landfall/schema/views/audit";
import { queryString } from "../../../../../ui/addresses.ts";
import { PageLink } from "../../../../../ui/page-link.tsx";
import type { AuditChange } from "./audit-changes.ts";
import classes from "./audit-details.module.css";

type AuditDetailsProps = { readonly entry: AuditView; readonly changes: readonly AuditChange[]; readonly path: string };

/** All that was recorded of one change, and the ways to what else was done by the same actor or to the same thing. */
export function AuditDetails({ entry: { date, actor, action, target, requestId }, changes, path }: AuditDetailsProps) {
  return (
    <div className={classes["details"]}>
      {changes.length > 0 && (
        <dl>
          {changes.map(({ field, before, after }) => (
            <div key={field}>
              <dt>{field}</dt>
              <dd>
                {before !== null && (
                  <>
                    <del>{before}</del> <span aria-hidden="true">→</span>{" "}
                  </>
                )}
                {before === null ? after : <ins>{after}</ins>}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p>
        <code>{action}</code> at <time dateTime={date}>{date}</time> by {actor.email ?? actor.name} (<code>{actor.label}</code>)
        {requestId !== null && (
          <>
            , request <code>{requestId}</code>
          </>
        )}
      </p>
      <p className="row">
        <PageLink href={path + queryString({ actor: actor.label })}>All by {actor.name}</PageLink>
        <PageLink href={path + queryString({ target })}>All about {target}</PageLink>
        <PageLink href={path + queryString({ action })}>All of this kind</PageLink>
      </p>
    </div>
  );
}
