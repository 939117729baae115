import type { ReleaseRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";

/** Links projects to a release; answers the ids of those that were not linked before. */
export async function linkProjects(tx: Tx, release: ReleaseRow, projectIds: readonly number[]): Promise<number[]> {
  if (projectIds.length === 0) return [];
  const { releaseProjects } = tx.tables;
  const { id: releaseId, isArchived, dateCreated, dateEffective } = release;
  const added = await tx
    .insert(releaseProjects)
    .values(projectIds.map((projectId) => ({ releaseId, projectId, isArchived, dateCreated, dateEffective })))
    .onConflictDoNothing()
    .returning({ projectId: releaseProjects.projectId });
  return added.map((row) => row.projectId);
}
