import { formatInstant } from "@landfall/domain/format";
import type { AuditView } from "@landfall/schema/organizations/audit";
import { RowKeys } from "#ui/keyboard/keyboard.tsx";
import { PageLink } from "#ui/links.tsx";
import { queryString } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import { type AuditChange, auditChanges, describeAction, summarizeChanges } from "./format.ts";
import classes from "./audit-list.module.css";

/** Audit events, one line each, which expand to all details. */
export function AuditList({ entries, path }: { readonly entries: readonly AuditView[]; readonly path: string }) {
  return (
    <ul className="list">
      <RowKeys />
      {entries.map((entry) => (
        <li key={entry.id} data-row="">
          <AuditEntry entry={entry} path={path} />
        </li>
      ))}
    </ul>
  );
}

function AuditEntry({ entry, path }: { readonly entry: AuditView; readonly path: string }) {
  const { date, actor, action, target } = entry;
  const changes = auditChanges(entry);
  const summary = summarizeChanges(changes);
  return (
    <details className={classes["entry"]}>
      <summary data-open="">
        <span className={classes["date"]}>
          <TimeAgo at={date} />
        </span>
        <span className={classes["event"]}>
          <strong title={actor.email ?? actor.label}>{actor.name}</strong> {describeAction(action)} <strong>{target}</strong>
          {summary !== "" && <span className="soft"> · {summary}</span>}
        </span>
      </summary>
      <AuditDetails entry={entry} changes={changes} path={path} />
    </details>
  );
}

type AuditDetailsProps = { readonly entry: AuditView; readonly changes: readonly AuditChange[]; readonly path: string };

/** The details of an audit event, with links to other events of the same actor, target or action. */
function AuditDetails({ entry: { date, actor, action, target, requestId }, changes, path }: AuditDetailsProps) {
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
        <code>{action}</code> at <time dateTime={date}>{formatInstant(date, "second")}</time> by {actor.email ?? actor.name} (
        <code>{actor.label}</code>)
        {requestId !== null && (
          <>
            , request <code>{requestId}</code>
          </>
        )}
      </p>
      <p className="row">
        <PageLink href={path + queryString({ actor: actor.label })}>Events by {actor.name}</PageLink>
        <PageLink href={path + queryString({ target })}>Events of {target}</PageLink>
        <PageLink href={path + queryString({ action })}>Events of this type</PageLink>
      </p>
    </div>
  );
}
