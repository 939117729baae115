import { ListProjectsInput } from "@landfall/schema/inputs/project";
import type { ProjectView } from "@landfall/schema/views/organization";
import type { Page } from "@landfall/schema/views/page";
import { and, asc, eq, or } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { reachableProjects } from "../access/project-reach.ts";
import { withinReach } from "../access/within-reach.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { containsText } from "../releases/list/contains-text.ts";
import { describeProjects } from "./describe-projects.ts";
import { PROJECTS_READ } from "./project-scopes.ts";

/** The organization's projects within the caller's reach, by slug (contract 11.3). */
export const listProjects = query({
  scope: PROJECTS_READ,
  at: atOrganization,
  input: ListProjectsInput,
  run: async ({ db, at: { access } }, input): Promise<Page<ProjectView>> => {
    const { projects } = db.tables;
    const window = offsetWindow(input);
    const reach = await reachableProjects(db, access);
    const { query: part = "" } = input;
    const rows = await db
      .select()
      .from(projects)
      .where(
        and(
          eq(projects.organizationId, access.organization.id),
          withinReach(projects.id, reach),
          or(containsText(projects.slug, part), containsText(projects.name, part)),
        ),
      )
      .orderBy(asc(projects.slug))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: await describeProjects(db, access, items), ...links };
  },
});
