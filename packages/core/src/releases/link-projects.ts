import { placeholders } from "@landfall/db/placeholders";
import { prepared } from "@landfall/db/prepared";
import type { ReleaseRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";

/** Links projects to a release; answers the ids of those that were not linked before. */
export async function linkProjects(tx: Tx, release: ReleaseRow, projectIds: readonly number[]): Promise<number[]> {
  const { id: releaseId, isArchived, dateCreated, dateEffective } = release;
  const added: number[] = [];
  for (const projectId of projectIds) {
    const rows = await insertLink(tx, { releaseId, projectId, isArchived, dateCreated, dateEffective });
    if (rows.length > 0) added.push(projectId);
  }
  return added;
}

const insertLink = prepared((tx: Tx) => {
  const { releaseProjects } = tx.tables;
  return tx
    .insert(releaseProjects)
    .values(placeholders(releaseProjects, ["releaseId", "projectId", "isArchived", "dateCreated", "dateEffective"]))
    .onConflictDoNothing()
    .returning({ id: releaseProjects.id })
    .prepare();
});
