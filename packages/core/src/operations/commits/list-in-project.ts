import type { Page } from "@landfall/schema/page";
import { type CommitView, ListProjectCommitsInput } from "@landfall/schema/releases/commits";
import { REL_READ } from "@landfall/schema/scope";
import { and, desc, eq, exists, gte, lt, sql } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { describeCommits, findCommitsInOrder } from "../../records/commits.ts";

/** The commits of a project's releases, the newest first; `query` is the beginning of a sha (contract 2, row 34). */
export const listProjectCommits = query({
  scope: REL_READ,
  at: atProject,
  input: ListProjectCommitsInput,
  run: async ({ db, at: { access, project } }, input): Promise<Page<CommitView>> => {
    const window = offsetWindow(input);
    const organizationId = access.organization.id;
    const { releaseCommits, releaseProjects, commits } = db.tables;
    const released = db
      .select({ one: sql`1` })
      .from(releaseCommits)
      // The plus keeps SQLite from trying every release of the project for each commit, rather than the few releases of the commit.
      .innerJoin(
        releaseProjects,
        and(eq(releaseProjects.releaseId, releaseCommits.releaseId), sql`+${releaseProjects.projectId} = ${project.id}`),
      )
      .where(eq(releaseCommits.commitId, commits.id));
    const prefix = input.query ?? "";
    const begins = prefix === "" ? undefined : and(gte(commits.sha, prefix), lt(commits.sha, `${prefix}\u{10FFFF}`));
    // Ids are sorted, not whole commits: messages of a long history are more than memory has room for.
    const rows = await db
      .select({ id: commits.id })
      .from(commits)
      .where(and(eq(commits.organizationId, organizationId), begins, exists(released)))
      .orderBy(desc(commits.dateCreated), desc(commits.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    const found = await findCommitsInOrder(
      db,
      items.map(({ id }) => id),
    );
    return { items: await describeCommits(db, access, found), ...links };
  },
});
