import type { Reader } from "@landfall/db/store";
import type { AtRelease } from "../access/at-release.ts";
import { reachableProjects, reaches } from "../access/project-reach.ts";

/** The ids of a release's projects within the caller's reach. */
export async function reachableProjectIds(db: Reader, { access, links }: AtRelease): Promise<number[]> {
  const reach = await reachableProjects(db, access);
  return links.flatMap(({ projectId }) => (reaches(reach, projectId) ? [projectId] : []));
}
