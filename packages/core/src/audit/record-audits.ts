import { chunked } from "@landfall/db/chunked";
import { actorLabel } from "../access/actor.ts";
import { announceChange } from "../changes/announce-change.ts";
import type { AuditEntry, recordAudit } from "./record-audit.ts";

/** Writes the audit rows of many changes of one kind, as `recordAudit` does of one; pages are told once. */
export async function recordAudits(
  { tx, actor, now, context }: Parameters<typeof recordAudit>[0],
  organizationId: number,
  action: string,
  entries: readonly Pick<AuditEntry, "target" | "details">[],
): Promise<void> {
  const same = { organizationId, actor: actorLabel(actor), action, requestId: context.requestId, dateCreated: now };
  const rows = entries.map(({ target, details }) => ({ ...same, target, details: details ?? null }));
  for (const part of chunked(rows)) await tx.insert(tx.tables.auditLog).values(part);
  if (rows.length > 0) announceChange(tx, context, organizationId, action);
}
