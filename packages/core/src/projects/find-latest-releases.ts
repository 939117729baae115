import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { and, desc, eq, sql } from "drizzle-orm";

/**
 * The version of each project's newest open release, the last released (else created) one; `projectIds` as JSON. One step along an
 * index for each project, however many releases it has.
 */
export async function findLatestReleases(db: Reader, projectIds: string): Promise<Map<number, string>> {
  const rows = await selectLatest(db, { ids: projectIds });
  return new Map(rows.map(({ projectId, version }) => [projectId, version]));
}

const selectLatest = prepared((db: Reader) => {
  const { projects, releases, releaseProjects } = db.tables;
  const newest = db
    .select({ id: releaseProjects.releaseId })
    .from(releaseProjects)
    .where(and(eq(releaseProjects.projectId, projects.id), eq(releaseProjects.isArchived, false)))
    .orderBy(desc(releaseProjects.dateEffective), desc(releaseProjects.releaseId))
    .limit(1);
  return db
    .select({ projectId: projects.id, version: releases.version })
    .from(projects)
    .innerJoin(releases, eq(releases.id, sql`${newest}`))
    .where(anyOf(projects.id, "ids"))
    .prepare();
});
