import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { NoInput } from "@landfall/schema/fields/query";
import type { ChangedPathsView, ChangedPathView } from "@landfall/schema/releases/commits";
import { REL_READ } from "@landfall/schema/scope";
import { asc, eq, sql } from "drizzle-orm";
import { atRelease } from "../../access/at-release.ts";
import { query } from "../../kernel/operation.ts";
import { describeLinkSource } from "../../records/repositories.ts";

/** Files that are returned. */
const MAX_PATHS = 5000;

/** Head commits that are returned. */
const MAX_HEADS = 1000;

/**
 * Returns the files that the commits of a release changed, each once, sorted by repository and path, and its head commits for the links to
 * the files. Two queries besides those of access.
 */
export const listChangedPaths = query({
  scope: REL_READ,
  at: atRelease,
  input: NoInput,
  run: async ({ db, at: { access, release } }): Promise<ChangedPathsView> => {
    const rows = await selectPaths(db, { releaseId: release.id, limit: MAX_PATHS });
    return {
      total: rows[0]?.total ?? 0,
      items: rows.map(({ repository, path, newest, isAdded, commits }) => ({
        repository,
        path,
        type: netChange(CHANGE_TYPES[newest], isAdded === 1),
        commits,
      })),
      repositories: (await selectHeads(db, { releaseId: release.id, limit: MAX_HEADS })).map(({ sha, repository }) => ({
        ...describeLinkSource(access.organization, repository),
        sha,
      })),
    };
  },
});

/** The change of a file over all commits. A file that was added and changed later counts as added. */
function netChange(newest: string | undefined, isAdded: boolean): ChangedPathView["type"] {
  if (newest === "D") return "D";
  return isAdded ? "A" : "M";
}

/** The type of a change by its digit in the query, where `min` of position and digit finds the type of the newest change. */
const CHANGE_TYPES = ["?", "A", "D", "M"] as const;

const selectPaths = prepared((db: Reader, param: { releaseId: number; limit: number }) => {
  const { releaseCommits, commits, commitFiles, repositories } = db.tables;
  const digit = sql`case ${commitFiles.type} when 'A' then 1 when 'D' then 2 else 3 end`;
  return db
    .select({
      repository: repositories.name,
      path: commitFiles.path,
      // The first position is the newest commit.
      newest: sql<number>`min(${releaseCommits.position} * 4 + ${digit}) % 4`.mapWith(Number),
      isAdded: sql<number>`max(case when ${commitFiles.type} = 'A' then 1 else 0 end)`.mapWith(Number),
      commits: sql<number>`count(*)`.mapWith(Number),
      total: sql<number>`count(*) over ()`.mapWith(Number),
    })
    .from(releaseCommits)
    .innerJoin(commits, eq(commits.id, releaseCommits.commitId))
    .innerJoin(commitFiles, eq(commitFiles.commitId, commits.id))
    .innerJoin(repositories, eq(repositories.id, commits.repositoryId))
    .where(eq(releaseCommits.releaseId, param.releaseId))
    .groupBy(repositories.name, repositories.id, commitFiles.path)
    .orderBy(asc(repositories.name), asc(repositories.id), asc(commitFiles.path))
    .limit(param.limit)
    .prepare();
});

const selectHeads = prepared((db: Reader, param: { releaseId: number; limit: number }) => {
  const { releaseHeads, commits, repositories } = db.tables;
  const { name, url, links } = repositories;
  return db
    .select({ sha: commits.sha, repository: { name, url, links } })
    .from(releaseHeads)
    .innerJoin(commits, eq(commits.id, releaseHeads.commitId))
    .innerJoin(repositories, eq(repositories.id, releaseHeads.repositoryId))
    .where(eq(releaseHeads.releaseId, param.releaseId))
    .orderBy(asc(name), asc(repositories.id))
    .limit(param.limit)
    .prepare();
});
