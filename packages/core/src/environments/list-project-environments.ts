import { ListEnvironmentsInput } from "@landfall/schema/inputs/project";
import { REL_READ } from "@landfall/schema/scope";
import type { EnvironmentView } from "@landfall/schema/views/organization";
import type { Page } from "@landfall/schema/views/page";
import { asc, eq } from "drizzle-orm";
import { atProject } from "../access/at-project.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { describeEnvironment } from "./describe-environment.ts";

/** The environments a project was deployed to, by name. None is ever hidden. */
export const listProjectEnvironments = query({
  scope: REL_READ,
  at: atProject,
  input: ListEnvironmentsInput,
  run: async ({ db, at: { project } }, input): Promise<Page<EnvironmentView>> => {
    const { environments, environmentProjects } = db.tables;
    const window = offsetWindow(input);
    if (input.visibility === "hidden") return offsetPage(window, []);
    const rows = await db
      .select({ environment: environments })
      .from(environmentProjects)
      .innerJoin(environments, eq(environments.id, environmentProjects.environmentId))
      .where(eq(environmentProjects.projectId, project.id))
      .orderBy(asc(environments.name))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map(({ environment }) => describeEnvironment(environment)), ...links };
  },
});
