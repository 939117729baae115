import { NoInput } from "@landfall/schema/inputs/nothing";
import { REL_READ } from "@landfall/schema/scope";
import type { RepositoryView } from "@landfall/schema/views/commit";
import { asc, eq, inArray } from "drizzle-orm";
import { atProjectRelease } from "../access/at-project-release.ts";
import { query } from "../operation.ts";
import { describeRepository } from "../repositories/describe-repository.ts";

/** The most repositories one answer names. */
const MAX_REPOSITORIES = 1000;

/** The repositories the commits of a release are from (contract 6.5). */
export const listReleaseRepositories = query({
  scope: REL_READ,
  at: atProjectRelease,
  input: NoInput,
  run: async ({ db, at: { release } }): Promise<RepositoryView[]> => {
    const { releaseCommits, commits, repositories } = db.tables;
    const touched = db
      .selectDistinct({ id: commits.repositoryId })
      .from(releaseCommits)
      .innerJoin(commits, eq(commits.id, releaseCommits.commitId))
      .where(eq(releaseCommits.releaseId, release.id));
    const rows = await db.select().from(repositories).where(inArray(repositories.id, touched)).orderBy(asc(repositories.name)).limit(MAX_REPOSITORIES);
    return rows.map(describeRepository);
  },
});
