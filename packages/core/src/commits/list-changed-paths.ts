import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { Nothing } from "@landfall/schema/inputs/nothing";
import { REL_READ } from "@landfall/schema/scope";
import type { ChangedPathsView, ChangedPathView } from "@landfall/schema/views/release-parts";
import { asc, eq, sql } from "drizzle-orm";
import { atRelease } from "../access/at-release.ts";
import { query } from "../operation.ts";

/** As many files as a page can show. */
const LISTED = 5000;

/** The files the commits of a release changed, each once, by repository and path. One query besides those of access. */
export const listChangedPaths = query({
  scope: REL_READ,
  at: atRelease,
  input: Nothing,
  run: async ({ db, at: { release } }): Promise<ChangedPathsView> => {
    const rows = await selectPaths(db, { releaseId: release.id, limit: LISTED });
    return {
      total: rows[0]?.total ?? 0,
      items: rows.map(({ repository, path, newest, isAdded, commits }) => ({
        repository,
        path,
        type: became(newest, isAdded === 1),
        commits,
      })),
    };
  },
});

/** A file that was added and changed later is new all the same. */
function became(newest: string, isAdded: boolean): ChangedPathView["type"] {
  if (newest === "D") return "D";
  return isAdded ? "A" : "M";
}

const selectPaths = prepared((db: Reader) => {
  const { releaseCommits, commits, commitFiles, repositories } = db.tables;
  const changes = db
    .select({
      repositoryId: commits.repositoryId,
      path: commitFiles.path,
      type: commitFiles.type,
      place: sql<number>`row_number() over (partition by ${commits.repositoryId}, ${commitFiles.path} order by ${releaseCommits.position})`
        .mapWith(Number)
        .as("place"),
    })
    .from(releaseCommits)
    .innerJoin(commits, eq(commits.id, releaseCommits.commitId))
    .innerJoin(commitFiles, eq(commitFiles.commitId, commits.id))
    .where(eq(releaseCommits.releaseId, sql.placeholder("releaseId")))
    .as("changes");
  return db
    .select({
      repository: repositories.name,
      path: changes.path,
      newest: sql<string>`max(case when ${changes.place} = 1 then ${changes.type} else '' end)`,
      isAdded: sql<number>`max(case when ${changes.type} = 'A' then 1 else 0 end)`.mapWith(Number),
      commits: sql<number>`count(*)`.mapWith(Number),
      total: sql<number>`count(*) over ()`.mapWith(Number),
    })
    .from(changes)
    .innerJoin(repositories, eq(repositories.id, changes.repositoryId))
    .groupBy(repositories.id, repositories.name, changes.path)
    .orderBy(asc(repositories.name), asc(repositories.id), asc(changes.path))
    .limit(sql.placeholder("limit"))
    .prepare();
});
