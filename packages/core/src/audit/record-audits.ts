import { chunked } from "@landfall/db/chunked";
import { actorLabel } from "../access/actor.ts";
import { publishEvent } from "../changes/announce-change.ts";
import type { AuditEntry, MutationContext } from "./record-audit.ts";

/** Writes the audit rows of many changes of one kind, as `recordAudit` does of one; pages are told once. */
export async function recordAudits(
  { tx, actor, now, context }: MutationContext,
  organizationId: number,
  action: string,
  entries: readonly Pick<AuditEntry, "target" | "details">[],
): Promise<void> {
  const same = { organizationId, actor: actorLabel(actor), action, requestId: context.requestId, dateCreated: now };
  const rows = entries.map(({ target, details }) => ({ ...same, target, details: details ?? null }));
  for (const part of chunked(rows)) await tx.insert(tx.tables.auditLog).values(part);
  if (rows.length > 0) publishEvent(tx, context, organizationId, action);
}
