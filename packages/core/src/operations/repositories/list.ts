import { containsText } from "@landfall/db/sql/conditions";
import { NoInput } from "@landfall/schema/fields/query";
import type { Page } from "@landfall/schema/page";
import { ListRepositoriesInput, type RepositoryView } from "@landfall/schema/releases/commits";
import { REL_READ, REPO_READ } from "@landfall/schema/scope";
import { and, asc, eq, inArray, ne } from "drizzle-orm";
import { atProjectRelease } from "../../access/at-release.ts";
import { atOrganization } from "../../access/organization-access.ts";
import { reachableProjects, repositoryWithinReach } from "../../access/project-reach.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { describeRepository } from "../../records/repositories.ts";

/** The statuses a list can be asked for; every other names no repository. */
const STATUSES: readonly string[] = ["active", "deleted", ""];

/**
 * The organization's repositories within the caller's reach, by name (contract 10.7). `status`: active ones, `deleted` for all others, empty for all, anything
 * else for none. No repository belongs to an integration, so asking for one answers nothing.
 */
export const listRepositories = query({
  scope: REPO_READ,
  at: atOrganization,
  input: ListRepositoriesInput,
  run: async ({ db, at }, { status, integration_id: integration, query: part = "", ...request }): Promise<Page<RepositoryView>> => {
    const window = offsetWindow(request);
    if (integration || !STATUSES.includes(status)) return offsetPage(window, []);
    const { repositories } = db.tables;
    const isWanted = status === "active" ? eq(repositories.status, "active") : ne(repositories.status, "active");
    const rows = await db
      .select()
      .from(repositories)
      .where(
        and(
          eq(repositories.organizationId, at.access.organization.id),
          status === "" ? undefined : isWanted,
          part === "" ? undefined : containsText(repositories.name, part),
          repositoryWithinReach(db, await reachableProjects(db, at.access)),
        ),
      )
      .orderBy(asc(repositories.name), asc(repositories.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map(describeRepository), ...links };
  },
});

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
    const rows = await db
      .select()
      .from(repositories)
      .where(inArray(repositories.id, touched))
      .orderBy(asc(repositories.name))
      .limit(MAX_REPOSITORIES);
    return rows.map(describeRepository);
  },
});
