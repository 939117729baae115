import { ListRepositoriesInput } from "@landfall/schema/inputs/repository";
import { REPO_READ } from "@landfall/schema/scope";
import type { RepositoryView } from "@landfall/schema/views/commit";
import type { Page } from "@landfall/schema/views/page";
import { and, asc, eq, ne } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { reachableProjects } from "../access/project-reach.ts";
import { repositoryWithinReach } from "../access/within-reach.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { containsText } from "../releases/list/contains-text.ts";
import { describeRepository } from "./describe-repository.ts";

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
