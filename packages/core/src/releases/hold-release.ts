import type { ReleaseRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { and, eq, sql } from "drizzle-orm";

/**
 * The release as it is now, and until this transaction ends: others that would change or delete it wait. Undefined when somebody
 * deleted it since it was read. SQLite has one writer, so there what this transaction read is still so.
 */
export async function lockRelease(tx: Tx, release: ReleaseRow): Promise<ReleaseRow | undefined> {
  if (tx.dialect === "sqlite") return release;
  const { releases } = tx.tables;
  const [held] = await tx
    .update(releases)
    .set({ deployCount: sql`${releases.deployCount}` })
    .where(and(eq(releases.id, release.id), eq(releases.organizationId, release.organizationId)))
    .returning();
  return held;
}
