import type { Tx } from "@landfall/db/store";
import { type AuditAction, auditNoun } from "@landfall/schema/organizations/audit";
import type { Context } from "./context.ts";

/**
 * Publishes the event of a change when this transaction is committed, and never if it is rolled back. A transaction that ends with a
 * `CommittedFailure` is committed. A change of the whole server (`organizationId` null) has no event.
 */
export function publishEvent(
  tx: Tx,
  { onChange }: Pick<Context, "onChange">,
  organizationId: number | null,
  action: AuditAction | "commits.report",
): void {
  if (!onChange || organizationId === null) return;
  const event = { organizationId, kind: COMMIT_ACTIONS.has(action) ? "commits" : auditNoun(action) };
  tx.afterCommit(() => onChange(event));
}

/** Changes of a release whose events are of the kind "commits". */
const COMMIT_ACTIONS: ReadonlySet<string> = new Set<AuditAction>(["release.set_commits", "release.set_refs", "release.clear_commits"]);
