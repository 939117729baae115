import type { Reader } from "@landfall/db/store";
import type { ReleaseSummaryView } from "@landfall/schema/views/release-head";
import { asc, eq, sql } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { commitWithinReach } from "../access/within-reach.ts";

/** Whoever has more repositories in a release sees the first of them. */
const MAX_HEAD_COMMITS = 20;

/** The head commit of a release in each repository, by its name, at most 20. One query. */
export function findHeadCommits(db: Reader, releaseId: number, reach: ProjectReach): Promise<ReleaseSummaryView["heads"]> {
  const { releaseHeads, commits, repositories } = db.tables;
  return db
    .select({
      repository: repositories.name,
      sha: commits.sha,
      previousSha: releaseHeads.previousSha,
      hasPage: sql`${commitWithinReach(db, reach) ?? sql`true`}`.mapWith(Boolean),
    })
    .from(releaseHeads)
    .innerJoin(commits, eq(commits.id, releaseHeads.commitId))
    .innerJoin(repositories, eq(repositories.id, releaseHeads.repositoryId))
    .where(eq(releaseHeads.releaseId, releaseId))
    .orderBy(asc(repositories.name), asc(repositories.id))
    .limit(MAX_HEAD_COMMITS);
}
