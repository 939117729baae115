import type { ProjectRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { findProject } from "../access/at-project.ts";
import type { Access } from "../access/organization-access.ts";
import { reachableProjects, reaches } from "../access/project-reach.ts";
import { invalidField } from "../app-error.ts";

/** The project an input names by slug or id. Throws `invalid` at `project` for one that is unknown, or out of the caller's reach. */
export async function findReachedProject(db: Reader, access: Access, name: string): Promise<ProjectRow> {
  const project = await findProject(db, access, name);
  if (project && reaches(await reachableProjects(db, access), project.id)) return project;
  throw invalidField("project", `There is no project "${name}" that you can use.`);
}
