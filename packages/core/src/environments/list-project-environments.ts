import { ListEnvironmentsInput } from "@landfall/schema/inputs/project";
import { REL_READ } from "@landfall/schema/scope";
import type { EnvironmentView } from "@landfall/schema/views/organization";
import type { Page } from "@landfall/schema/views/page";
import { and, asc, eq } from "drizzle-orm";
import { atProject } from "../access/at-project.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { describeEnvironment } from "./describe-environment.ts";

/** The environments a project was deployed to, by name: those it does not hide, those it hides, or all. */
export const listProjectEnvironments = query({
  scope: REL_READ,
  at: atProject,
  input: ListEnvironmentsInput,
  run: async ({ db, at: { project } }, input): Promise<Page<EnvironmentView>> => {
    const { environments, environmentProjects } = db.tables;
    const { projectId, environmentId, isHidden } = environmentProjects;
    const window = offsetWindow(input);
    const asked = input.visibility === "all" ? undefined : eq(isHidden, input.visibility === "hidden");
    const rows = await db
      .select({ environment: environments, isHidden })
      .from(environmentProjects)
      .innerJoin(environments, eq(environments.id, environmentId))
      .where(and(eq(projectId, project.id), asked))
      .orderBy(asc(environments.name))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map((row) => describeEnvironment(row.environment, row.isHidden)), ...links };
  },
});
