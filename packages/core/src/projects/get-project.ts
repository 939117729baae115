import { GetProjectInput } from "@landfall/schema/inputs/project";
import { REL_READ } from "@landfall/schema/scope";
import type { ProjectView } from "@landfall/schema/views/organization";
import { atProject } from "../access/at-project.ts";
import { query } from "../operation.ts";
import { describeProject } from "./describe-projects.ts";

/** One project (contract 11.3). Whoever may read its releases may see it: clients look up its id to filter a list of releases. */
export const getProject = query({
  scope: REL_READ,
  at: atProject,
  input: GetProjectInput,
  run: ({ db, at: { access, project } }): Promise<ProjectView> => describeProject(db, access, project),
});
