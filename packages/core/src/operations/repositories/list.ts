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

/** The statuses that a list can be filtered by; no repository has any other. */
const STATUSES: readonly string[] = ["active", "deleted", ""];

/**
 * Lists the organization's repositories within the caller's reach, sorted by name (contract 10.7). `status` is "active", "deleted" for all
 * that are not active, or empty for all; any other value returns none. The filter `integration_id` returns none, since no repository
 * belongs to an integration.
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

/** Repositories that are returned for a release. */
const MAX_REPOSITORIES = 1000;

/** Lists the repositories of the commits of a release (contract 6.5). */
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
