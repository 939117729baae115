import type { ReleaseRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { activityIdent } from "./version-key.ts";

/** Writes the RELEASE activity of a finalized release in each of these projects, dated as it was released (contract 14.11). */
export async function recordFinalized(tx: Tx, release: ReleaseRow, projectIds: readonly number[]): Promise<void> {
  const { organizationId, version, dateReleased } = release;
  if (dateReleased === null || projectIds.length === 0) return;
  const ident = activityIdent(version);
  await tx
    .insert(tx.tables.activities)
    .values(
      projectIds.map((projectId) => ({ organizationId, projectId, kind: "release", ident, data: { version }, dateCreated: dateReleased })),
    );
}
