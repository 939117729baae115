import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { type Column, sql } from "drizzle-orm";
import type { Access } from "../access/organization-access.ts";
import { type ProjectReach, reachableProjects } from "../access/project-reach.ts";
import { reachValues, releaseWithinReach } from "../access/within-reach.ts";

/** On whose behalf commits are stored, which decides what of stored ones may change. */
export type CommitWriter = {
  readonly organizationId: number;
  readonly reach: ProjectReach;
  /** The ids of the commits this request has added: they are its own to complete. */
  readonly added: Set<number>;
};

/** The caller as a writer of commits. */
export const commitWriter = async (db: Reader, access: Access): Promise<CommitWriter> => ({
  organizationId: access.organization.id,
  reach: await reachableProjects(db, access),
  added: new Set(),
});

/**
 * Those of stored commits that a writer may change: all where every project is within reach. Else the ones this request added, and those
 * that releases within reach have, and no other release. As with releases, reading needs one project within reach and changing needs all
 * (contract 4.2): whoever only names a commit in a release of their own cannot change it for others. At most one query.
 */
export async function changeableCommits(db: Reader, { reach, added }: CommitWriter, ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (reach.all || ids.length === 0) return new Set(ids);
  const holders = await selectReleaseReach(db, { ids: JSON.stringify(ids), ...reachValues(reach) });
  const within = new Set(holders.filter(({ isWithin }) => isWithin === 1).map(({ commitId }) => commitId));
  const beyond = new Set(holders.filter(({ isWithin }) => isWithin === 0).map(({ commitId }) => commitId));
  return new Set(ids.filter((id) => added.has(id) || (within.has(id) && !beyond.has(id))));
}

/** Whether releases within reach have a commit, and whether others do: in their list, or as a head commit. At most two rows a commit. */
const selectReleaseReach = prepared((db: Reader) => {
  const { releaseCommits, releaseHeads } = db.tables;
  const isWithin = (releaseId: Column) =>
    sql<number>`case when ${releaseWithinReach(db, releaseId, "listed")} then 1 else 0 end`.mapWith(Number);
  const listed = db
    .selectDistinct({ commitId: releaseCommits.commitId, isWithin: isWithin(releaseCommits.releaseId) })
    .from(releaseCommits)
    .where(anyOf(releaseCommits.commitId, "ids"));
  const heads = db
    .selectDistinct({ commitId: releaseHeads.commitId, isWithin: isWithin(releaseHeads.releaseId) })
    .from(releaseHeads)
    .where(anyOf(releaseHeads.commitId, "ids"));
  return listed.union(heads).prepare();
});
