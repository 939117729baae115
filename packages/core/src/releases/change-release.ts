import type { ReleaseRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { and, eq } from "drizzle-orm";
import { effectiveDate } from "./version-key.ts";

export type ReleaseChanges = Partial<Pick<ReleaseRow, "ref" | "url" | "dateReleased" | "isArchived">>;

/** Changes a release, and the dates and state its project links repeat; answers it as it is now. Nothing to change writes nothing. */
export async function changeRelease(tx: Tx, release: ReleaseRow, changes: ReleaseChanges): Promise<ReleaseRow> {
  const changed = { ...release, ...changes };
  changed.dateEffective = effectiveDate(changed);
  const { dateEffective, isArchived } = changed;
  if (Object.keys(changes).length === 0) return release;
  const { releases, releaseProjects } = tx.tables;
  await tx
    .update(releases)
    .set({ ...changes, dateEffective })
    .where(and(eq(releases.id, release.id), eq(releases.organizationId, release.organizationId)));
  if (isArchived !== release.isArchived || dateEffective.getTime() !== release.dateEffective.getTime()) {
    await tx.update(releaseProjects).set({ isArchived, dateEffective }).where(eq(releaseProjects.releaseId, release.id));
  }
  return changed;
}
