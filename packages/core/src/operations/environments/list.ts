import type { Reader } from "@landfall/db/store";
import { type EnvironmentView, ListEnvironmentsInput } from "@landfall/schema/organizations/projects";
import type { Page } from "@landfall/schema/page";
import { REL_READ } from "@landfall/schema/scope";
import { and, asc, eq, inArray, not, type SQL, sql } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { atOrganization } from "../../access/organization-access.ts";
import { type ProjectReach, reachableProjects, withinReach } from "../../access/project-reach.ts";
import { PROJECTS_READ } from "../../access/scopes.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { describeEnvironment } from "../../records/environments/environments.ts";

/**
 * Lists the environments that projects within the caller's reach were deployed to, in the order of the organization. An environment is hidden if all these
 * projects hide it.
 */
export const listEnvironments = query({
  scope: PROJECTS_READ,
  at: atOrganization,
  input: ListEnvironmentsInput,
  run: async ({ db, at: { access } }, input): Promise<Page<EnvironmentView>> => {
    const { environments } = db.tables;
    const window = offsetWindow(input);
    const organizationId = access.organization.id;
    const reach = await reachableProjects(db, access);
    const isVisible = usedBy(db, organizationId, reach, false);
    const isHidden = sql<boolean>`(${usedBy(db, organizationId, reach, true)} and not ${isVisible})`.mapWith(Boolean);
    const inReach = reach.all ? undefined : sql`(${isVisible} or ${isHidden})`;
    const matches = { all: inReach, hidden: isHidden, visible: and(inReach, not(isHidden)) }[input.visibility];
    const rows = await db
      .select({ environment: environments, isHidden })
      .from(environments)
      .where(and(eq(environments.organizationId, organizationId), matches))
      .orderBy(asc(environments.position), asc(environments.name))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map((row) => describeEnvironment(row.environment, row.isHidden)), ...links };
  },
});

/** A condition: a project within reach was deployed to the environment and hides it or, with `isHidden: false`, shows it. */
function usedBy(db: Reader, organizationId: number, reach: ProjectReach, isHidden: boolean): SQL {
  const { environmentProjects, environments, projects } = db.tables;
  const ofOrganization = db.select({ id: projects.id }).from(projects).where(eq(projects.organizationId, organizationId));
  const { projectId } = environmentProjects;
  const used = db
    .select({ id: environmentProjects.environmentId })
    .from(environmentProjects)
    .where(and(withinReach(projectId, reach) ?? inArray(projectId, ofOrganization), eq(environmentProjects.isHidden, isHidden)));
  return inArray(environments.id, used);
}

/** Lists the environments that a project was deployed to, in the order of the organization: those it shows, those it hides, or all. */
export const listProjectEnvironments = query({
  scope: REL_READ,
  at: atProject,
  input: ListEnvironmentsInput,
  run: async ({ db, at: { project } }, input): Promise<Page<EnvironmentView>> => {
    const { environments, environmentProjects } = db.tables;
    const { projectId, environmentId, isHidden } = environmentProjects;
    const window = offsetWindow(input);
    const matches = input.visibility === "all" ? undefined : eq(isHidden, input.visibility === "hidden");
    const rows = await db
      .select({ environment: environments, isHidden })
      .from(environmentProjects)
      .innerJoin(environments, eq(environments.id, environmentId))
      .where(and(eq(projectId, project.id), matches))
      .orderBy(asc(environments.position), asc(environments.name))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map((row) => describeEnvironment(row.environment, row.isHidden)), ...links };
  },
});
