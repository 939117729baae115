import { containsText } from "@landfall/db/sql/conditions";
import { GetProjectInput, ListProjectsInput, type ProjectView } from "@landfall/schema/organizations/projects";
import type { Page } from "@landfall/schema/page";
import { REL_READ } from "@landfall/schema/scope";
import { and, asc, eq, or } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { atOrganization } from "../../access/organization-access.ts";
import { reachableProjects, withinReach } from "../../access/project-reach.ts";
import { PROJECTS_READ } from "../../access/scopes.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { describeProject, describeProjects } from "./describe.ts";

/** Lists the organization's projects within the caller's reach, sorted by slug (contract 11.3). */
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

/** Returns a project (contract 11.3). The scope is that of releases: clients look up the id of a project to filter a list of releases. */
export const getProject = query({
  scope: REL_READ,
  at: atProject,
  input: GetProjectInput,
  run: ({ db, at: { access, project } }): Promise<ProjectView> => describeProject(db, access, project),
});
