import { anyOf } from "@landfall/db/any-of";
import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, desc, eq, exists, inArray, sql } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { notByIndex } from "../board/not-by-index.ts";

/** The newest releases within reach that hold one of these commits, `limit` of them. One query. */
export async function releasesOfCommits(
  db: Reader,
  reach: ProjectReach,
  commitIds: readonly number[],
  limit: number,
): Promise<ReleaseRow[]> {
  if (commitIds.length === 0) return [];
  const { releases, releaseCommits, releaseProjects } = db.tables;
  const holders = db.select({ id: releaseCommits.releaseId }).from(releaseCommits).where(anyOf(releaseCommits.commitId, "ids"));
  const inReach = reach.all
    ? undefined
    : exists(
        db
          .select({ one: sql`1` })
          .from(releaseProjects)
          .where(and(eq(releaseProjects.releaseId, releases.id), inArray(notByIndex(releaseProjects.projectId), [...reach.ids]))),
      );
  return db
    .select()
    .from(releases)
    .where(and(inArray(releases.id, holders), inReach))
    .orderBy(desc(releases.dateEffective), desc(releases.id))
    .limit(limit)
    .prepare()
    .execute({ ids: JSON.stringify(commitIds) });
}
