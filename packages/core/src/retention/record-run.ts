import type { ProjectRow, RetentionRunRow } from "@landfall/db/rows";
import { type MutationContext, recordAudit } from "../audit/record-audit.ts";

/** Writes into the audit log what went of a project's artifacts. */
export async function recordRunAudit(
  on: MutationContext,
  { organizationId, slug }: ProjectRow,
  { bundles, releases, files, bytes }: RetentionRunRow,
): Promise<void> {
  await recordAudit(on, { organizationId, action: "retention.run", target: slug, details: { bundles, releases, files, bytes } });
}
