import type { AuditView } from "@landfall/schema/views/audit";
import { RowKeys } from "../../../../../ui/keyboard/row-keys.tsx";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";
import { auditChanges, summarizeChanges } from "./audit-changes.ts";
import { AuditDetails } from "./audit-details.tsx";
import classes from "./audit-list.module.css";
import { describeAction } from "./audit-words.ts";

/** Entries of the audit log, one line each; a line opens to all that was recorded. */
export function AuditList({ entries, path }: { readonly entries: readonly AuditView[]; readonly path: string }) {
  return (
    <ul className={classes["list"]}>
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
  const brief = summarizeChanges(changes);
  return (
    <details className={classes["entry"]}>
      <summary data-open="">
        <span className={classes["when"]}>
          <TimeAgo at={date} />
        </span>
        <span className={classes["what"]}>
          <strong title={actor.email ?? actor.label}>{actor.name}</strong> {describeAction(action)} <strong>{target}</strong>
          {brief !== "" && <span className="soft"> · {brief}</span>}
        </span>
      </summary>
      <AuditDetails entry={entry} changes={changes} path={path} />
    </details>
  );
}
