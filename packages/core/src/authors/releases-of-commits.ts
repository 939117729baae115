import { anyOf } from "@landfall/db/any-of";
import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, desc, inArray } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { releaseWithinReach } from "../access/within-reach.ts";

/** The newest releases within reach that hold one of these commits, `limit` of them. One query. */
export async function findReleasesOfCommits(
  db: Reader,
  reach: ProjectReach,
  commitIds: readonly number[],
  limit: number,
): Promise<ReleaseRow[]> {
  if (commitIds.length === 0) return [];
  const { releases, releaseCommits } = db.tables;
  const holders = db.select({ id: releaseCommits.releaseId }).from(releaseCommits).where(anyOf(releaseCommits.commitId, "ids"));
  return db
    .select()
    .from(releases)
    .where(and(inArray(releases.id, holders), reach.all ? undefined : releaseWithinReach(db, releases.id, reach)))
    .orderBy(desc(releases.dateEffective), desc(releases.id))
    .limit(limit)
    .prepare()
    .execute({ ids: JSON.stringify(commitIds) });
}
