import type { Page } from "@landfall/schema/page";
import { type CommitView, ListRepositoryCommitsInput } from "@landfall/schema/releases/commits";
import { ORG_READ } from "@landfall/schema/scope";
import { and, eq } from "drizzle-orm";
import { commitWithinReach, preparedWithinReach, reachableProjects } from "../../access/project-reach.ts";
import { keysetPage, keysetWindow, seek, type SeekValues } from "../../kernel/keyset-page.ts";
import { query } from "../../kernel/operation.ts";
import { describeCommits } from "../../records/commits.ts";
import { atRepository } from "./at-repository.ts";

/** Lists the commits of a repository within the caller's reach, newest first (contract 10.10). */
export const listRepositoryCommits = query({
  scope: ORG_READ,
  at: atRepository,
  input: ListRepositoryCommitsInput,
  run: async ({ db, at: { access, repository } }, input): Promise<Page<CommitView>> => {
    const window = keysetWindow(input, "descending");
    const { key, limit, backwards } = window;
    const select = backwards ? selectNewer : selectOlder;
    const reach = await reachableProjects(db, access);
    const rows = await select(db, reach, { repositoryId: repository.id, value: new Date(key.value), id: key.id, limit });
    const { items, ...links } = keysetPage(window, rows, ({ commit }) => ({ value: commit.dateCreated.getTime(), id: commit.id }));
    const found = items.map(({ commit, author }) => ({ commit, author, repository }));
    return { items: await describeCommits(db, access, found), ...links };
  },
});

const selectBeyond = (backwards: boolean) =>
  preparedWithinReach((db, reach, param: SeekValues & { repositoryId: number; limit: number }) => {
    const { commits, commitAuthors } = db.tables;
    const { where, orderBy } = seek({ value: commits.dateCreated, id: commits.id }, "descending", backwards, param);
    return db
      .select({ commit: commits, author: commitAuthors })
      .from(commits)
      .leftJoin(commitAuthors, eq(commitAuthors.id, commits.authorId))
      .where(and(eq(commits.repositoryId, param.repositoryId), where, commitWithinReach(db, reach)))
      .orderBy(...orderBy)
      .limit(param.limit)
      .prepare();
  });

const selectOlder = selectBeyond(false);
const selectNewer = selectBeyond(true);
