import { placeholders } from "@landfall/db/placeholders";
import { prepared } from "@landfall/db/prepared";
import type { Tx } from "@landfall/db/store";
import { type Actor, actorLabel } from "../access/actor.ts";
import { publishEvent } from "../changes/announce-change.ts";
import type { Context } from "../context.ts";

/** What a mutation works with: its transaction, the caller, and the time of the request. */
export type MutationContext = { readonly tx: Tx; readonly actor: Actor; readonly now: Date; readonly context: Context };

export type AuditEntry = {
  /** Null for what concerns the whole server. */
  readonly organizationId: number | null;
  /** noun.verb: "release.create". */
  readonly action: string;
  /** The version, slug or name of what it was done to. */
  readonly target: string;
  /** What changed, without secrets. */
  readonly details?: Record<string, unknown>;
};

/**
 * Writes the audit row of a change, in the transaction of the change: one is never there without the other. Pages are told of the
 * change once it is committed.
 */
export async function recordAudit(
  { tx, actor, now, context }: MutationContext,
  { organizationId, action, target, details }: AuditEntry,
): Promise<void> {
  await insertAudit(tx, {
    organizationId,
    actor: actorLabel(actor),
    action,
    target,
    details: details ?? null,
    requestId: context.requestId,
    dateCreated: now,
  });
  publishEvent(tx, context, organizationId, action);
}

const insertAudit = prepared((tx: Tx) => {
  const { auditLog } = tx.tables;
  return tx
    .insert(auditLog)
    .values(placeholders(auditLog, ["organizationId", "actor", "action", "target", "details", "requestId", "dateCreated"]))
    .prepare();
});
