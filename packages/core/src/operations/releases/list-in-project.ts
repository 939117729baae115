import { containsText } from "@landfall/db/sql/conditions";
import type { Page } from "@landfall/schema/page";
import { ListProjectReleasesInput } from "@landfall/schema/releases/release-list";
import type { ReleaseView } from "@landfall/schema/releases/releases";
import { REL_READ } from "@landfall/schema/scope";
import { and, desc, eq } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { reachableProjects } from "../../access/project-reach.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { findEnvironments } from "../../records/environments/environments.ts";
import { describeReleases } from "./describe.ts";
import { isDeployedTo } from "./filter.ts";

/**
 * Returns the open releases of a project, newest first by release date, else creation date (contract 5.1). The list is empty for an unknown
 * environment.
 */
export const listProjectReleases = query({
  scope: REL_READ,
  at: atProject,
  input: ListProjectReleasesInput,
  run: async ({ db, at: { access, project } }, input): Promise<Page<ReleaseView>> => {
    const window = offsetWindow(input);
    const environments = await findEnvironments(db, access.organization.id, input.environment ?? [], () => reachableProjects(db, access));
    if (environments === null) return offsetPage(window, []);
    const { releases, releaseProjects, releaseEnvironments } = db.tables;
    const part = input.query ?? "";
    const rows = await db
      .select({ release: releases })
      .from(releaseProjects)
      .innerJoin(releases, eq(releases.id, releaseProjects.releaseId))
      .where(
        and(
          eq(releaseProjects.projectId, project.id),
          eq(releaseProjects.isArchived, false),
          part === "" ? undefined : containsText(releases.version, part),
          isDeployedTo(db, releaseProjects.releaseId, environments, eq(releaseEnvironments.projectId, project.id)),
        ),
      )
      .orderBy(desc(releaseProjects.dateEffective), desc(releaseProjects.releaseId))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    const views = await describeReleases(
      db,
      items.map(({ release }) => release),
      { access, projectId: project.id, health: input.health ?? false },
    );
    return { items: views, ...links };
  },
});
