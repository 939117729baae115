import type { Reader } from "@landfall/db/store";
import { ListEnvironmentsInput } from "@landfall/schema/inputs/project";
import type { EnvironmentView } from "@landfall/schema/views/organization";
import type { Page } from "@landfall/schema/views/page";
import { asc, eq, inArray } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { reachableProjects, type ProjectReach } from "../access/project-reach.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { PROJECTS_READ } from "../projects/project-scopes.ts";
import { describeEnvironment } from "./describe-environment.ts";

/** The environments that deploys of projects within the caller's reach have named, by name. None is ever hidden. */
export const listEnvironments = query({
  scope: PROJECTS_READ,
  at: atOrganization,
  input: ListEnvironmentsInput,
  run: async ({ db, at: { access } }, input): Promise<Page<EnvironmentView>> => {
    const { environments } = db.tables;
    const window = offsetWindow(input);
    if (input.visibility === "hidden") return offsetPage(window, []);
    const reach = await reachableProjects(db, access);
    const rows = await db
      .select()
      .from(environments)
      .where(reach.all ? eq(environments.organizationId, access.organization.id) : inArray(environments.id, usedBy(db, reach)))
      .orderBy(asc(environments.name))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map(describeEnvironment), ...links };
  },
});

function usedBy(db: Reader, { ids }: Extract<ProjectReach, { all: false }>) {
  const { environmentProjects } = db.tables;
  return db
    .select({ id: environmentProjects.environmentId })
    .from(environmentProjects)
    .where(inArray(environmentProjects.projectId, [...ids]));
}
