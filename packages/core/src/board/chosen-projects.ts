import type { Reader } from "@landfall/db/store";
import type { Access } from "../access/organization-access.ts";
import { type ProjectReach, reachableProjects } from "../access/project-reach.ts";
import { selectedProjects } from "../releases/list/selected-projects.ts";

/** The named projects, or all within reach when none is named. Throws 403 for a project that is unknown or out of reach. */
export const requestedProjects = (db: Reader, access: Access, project: readonly string[] = []): Promise<ProjectReach> =>
  project.length === 0 ? reachableProjects(db, access) : selectedProjects(db, access, { project });
