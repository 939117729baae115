import { setImmediate } from "node:timers/promises";
import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ContentDifferenceView } from "@landfall/schema/releases/compare";
import { and, eq, exists, sql } from "drizzle-orm";
import { briefCommits, briefRelease } from "../../records/briefs.ts";
import { findCommitsInOrder } from "../../records/commits.ts";
import { batchesOf, countContributions, findChangedFiles, readCommitLists } from "./commit-contents.ts";
import { findReleasesInOrder, type LineRelease } from "../../records/release-lines.ts";

/** The entries of commit lists that are read, and the new commits that are counted. */
const MAX_LISTED = 50_000;
const MAX_COMMITS = 20_000;

/** Commits that are looked up in the other history at a time. */
const LOOKUP_BATCH = 500;

type DifferenceRequest = {
  readonly organizationId: number;
  /** The releases that only the one history has, newest first. */
  readonly releases: readonly LineRelease[];
  /** The releases of the other history. */
  readonly otherIds: readonly number[];
  /** Whether there may be more releases. */
  readonly isCapped: boolean;
  readonly limit: number;
};

/**
 * Returns what the commits of some releases add to those of another history: commits, contributors, and files. Reads in batches of bounded
 * size, so the number of queries grows with the commits: none without releases, else about 13, and 8 more for each 1,000 commits.
 */
export async function describeDifference(db: Reader, request: DifferenceRequest): Promise<ContentDifferenceView> {
  const { organizationId, releases, limit } = request;
  const commits = await findNewCommits(db, request);
  const groups = [{ ids: commits.ids, sides: 1 }];
  const people = await countContributions(db, organizationId, groups);
  const files = await findChangedFiles(db, groups, limit);
  const listed = await findReleasesInOrder(
    db,
    releases.slice(0, limit).map(({ id }) => id),
  );
  return {
    releases: { total: releases.length, items: listed.map((release) => briefRelease(release)) },
    releasesWithoutCommits: releases.filter(({ commitCount }) => commitCount === 0).length,
    commits: {
      total: commits.ids.length,
      items: await briefCommits(db, organizationId, await findCommitsInOrder(db, commits.ids.slice(0, limit))),
    },
    people: {
      total: people.items.length,
      items: people.items.slice(0, limit).map(({ person, commits: [own = 0] }) => ({ person, commits: own })),
    },
    files: files.of(1),
    isCapped: request.isCapped || commits.isCapped || people.isCapped || files.isCapped,
  };
}

type NewCommits = { readonly ids: readonly number[]; readonly isCapped: boolean };

/** Returns the ids of the commits of some releases that no other release has: the newest release first, in the order of its list. */
async function findNewCommits(db: Reader, { releases, otherIds }: DifferenceRequest): Promise<NewCommits> {
  const seen = new Set<number>();
  const ids: number[] = [];
  let listed = 0;
  for await (const part of readCommitLists(db, releases)) {
    if (listed >= MAX_LISTED || ids.length > MAX_COMMITS) return { ids: ids.slice(0, MAX_COMMITS), isCapped: true };
    listed += part.length;
    const unseen = [...new Set(part)].filter((id) => !seen.has(id));
    for (const batch of batchesOf(unseen, LOOKUP_BATCH)) {
      const inOthers = new Set((await selectListedElsewhere(db, { ids: batch, otherIds })).map(({ commitId }) => commitId));
      for (const id of batch) {
        seen.add(id);
        if (!inOthers.has(id)) ids.push(id);
      }
      await setImmediate();
    }
  }
  return { ids: ids.slice(0, MAX_COMMITS), isCapped: ids.length > MAX_COMMITS };
}

/** Returns those of some commits that one of the other releases has. SQLite looks each commit up and stops at the first such release. */
const selectListedElsewhere = prepared((db: Reader, param: { ids: readonly number[]; otherIds: readonly number[] }) => {
  const { commits, releaseCommits } = db.tables;
  const inOther = db
    .select({ one: sql`1` })
    .from(releaseCommits)
    .where(and(eq(releaseCommits.commitId, commits.id), sql`+${anyOf(releaseCommits.releaseId, param.otherIds)}`));
  return db
    .select({ commitId: commits.id })
    .from(commits)
    .where(and(anyOf(commits.id, param.ids), exists(inOther)))
    .prepare();
});
