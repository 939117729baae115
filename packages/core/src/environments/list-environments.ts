import type { Reader } from "@landfall/db/store";
import { ListEnvironmentsInput } from "@landfall/schema/inputs/project";
import type { EnvironmentView } from "@landfall/schema/views/organization";
import type { Page } from "@landfall/schema/views/page";
import { and, asc, eq, inArray, not, type SQL, sql } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { reachableProjects, type ProjectReach } from "../access/project-reach.ts";
import { withinReach } from "../access/within-reach.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { PROJECTS_READ } from "../projects/project-scopes.ts";
import { describeEnvironment } from "./describe-environment.ts";

/**
 * The environments that deploys of projects within the caller's reach have named, by name. One is hidden when all of those projects
 * hide it.
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
    const asked = { all: inReach, hidden: isHidden, visible: and(inReach, not(isHidden)) }[input.visibility];
    const rows = await db
      .select({ environment: environments, isHidden })
      .from(environments)
      .where(and(eq(environments.organizationId, organizationId), asked))
      .orderBy(asc(environments.name))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map((row) => describeEnvironment(row.environment, row.isHidden)), ...links };
  },
});

/** Whether an environment is one of a project within reach that hides it, or does not. */
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
