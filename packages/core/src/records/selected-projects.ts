import type { Reader } from "@landfall/db/store";
import type { Access } from "../access/organization-access.ts";
import { ownProjects, type ProjectReach, reachableProjects, reaches } from "../access/project-reach.ts";
import { unknownProject } from "../access/unknown-names.ts";
import { forbidden } from "../kernel/app-error.ts";
import { findProjectsByReference } from "./projects.ts";

type ProjectSelection = { readonly project?: readonly string[] | undefined; readonly projectSlug?: readonly string[] | undefined };

/**
 * Returns the projects that a list selects (contract 15.1): those given by id or slug, all within reach for `-1` or `$all`, else the caller's
 * own projects.
 *
 * @throws 403 for a project that is unknown or out of reach
 */
export async function selectedProjects(
  db: Reader,
  access: Access,
  { project = [], projectSlug = [] }: ProjectSelection,
): Promise<ProjectReach> {
  const names = project.length > 0 ? project : projectSlug;
  if (names.length === 0) return ownProjects(db, access);
  const reach = await reachableProjects(db, access);
  if (names.includes(project.length > 0 ? "-1" : "$all")) return reach;
  const found = await findProjectsByReference(db, access.organization.id, names);
  const ids = new Set<number>();
  for (const [index, row] of found.entries()) {
    if (!row || !reaches(reach, row.id)) throw forbidden(await unknownProject(db, access, String(names[index])));
    ids.add(row.id);
  }
  return { all: false, ids };
}

/**
 * Returns the given projects, or all within reach if none is given.
 *
 * @throws 403 for a project that is unknown or out of reach
 */
export const requestedProjects = (db: Reader, access: Access, project: readonly string[] = []): Promise<ProjectReach> =>
  project.length === 0 ? reachableProjects(db, access) : selectedProjects(db, access, { project });

/** Returns the id of the selected project if there is exactly one, else null. */
export function onlyProject(selected: ProjectReach): number | null {
  const [first, ...others] = selected.all ? [] : selected.ids;
  return first === undefined || others.length > 0 ? null : first;
}
