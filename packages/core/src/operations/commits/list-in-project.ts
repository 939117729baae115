import type { Page } from "@landfall/schema/page";
import { type CommitView, ListProjectCommitsInput } from "@landfall/schema/releases/commits";
import { REL_READ } from "@landfall/schema/scope";
import { and, desc, eq, exists, gte, lt, sql } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { describeCommits, findCommitsInOrder } from "../../records/commits.ts";

/** Lists the commits of a project's releases, newest first. `query` is a prefix of the sha (contract 2, row 34). */
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
      // Without the plus, SQLite would read every release of the project for each commit instead of the few releases of the commit.
      .innerJoin(
        releaseProjects,
        and(eq(releaseProjects.releaseId, releaseCommits.releaseId), sql`+${releaseProjects.projectId} = ${project.id}`),
      )
      .where(eq(releaseCommits.commitId, commits.id));
    const prefix = input.query ?? "";
    const hasPrefix = prefix === "" ? undefined : and(gte(commits.sha, prefix), lt(commits.sha, `${prefix}\u{10FFFF}`));
    // Only ids are sorted: the messages of a long history need too much memory.
    const rows = await db
      .select({ id: commits.id })
      .from(commits)
      .where(and(eq(commits.organizationId, organizationId), hasPrefix, exists(released)))
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
