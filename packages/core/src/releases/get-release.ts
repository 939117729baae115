import type { Reader } from "@landfall/db/store";
import { ReadReleaseInput } from "@landfall/schema/inputs/read-release";
import { REL_READ } from "@landfall/schema/scope";
import type { ProjectMetaView, ReleaseView } from "@landfall/schema/views/release";
import { findProject } from "../access/at-project.ts";
import { type AtRelease, atRelease } from "../access/at-release.ts";
import { reachableProjects, reaches } from "../access/project-reach.ts";
import { AppError, forbidden, notFound } from "../app-error.ts";
import { findEnvironments } from "../environments/find-environments.ts";
import { query } from "../operation.ts";
import { describeRelease } from "./describe-releases.ts";
import { findNeighbours } from "./find-neighbours.ts";

/** A release by its version (contract 4.1). With `project`, its neighbours in that project come along. */
export const getRelease = query({
  scope: REL_READ,
  at: atRelease,
  input: ReadReleaseInput,
  run: async ({ db, at }, input): Promise<ReleaseView> => {
    const { release, links } = at;
    const currentProjectMeta = input.project === undefined ? {} : await projectMeta(db, at, { ...input, project: input.project });
    return describeRelease(db, release, {
      access: at.access,
      links,
      health: input.health ?? false,
      adoptionStages: input.adoptionStages ?? false,
      currentProjectMeta,
    });
  },
});

async function projectMeta(
  db: Reader,
  { access, release, links }: AtRelease,
  input: ReadReleaseInput & { project: string },
): Promise<ProjectMetaView> {
  const project = await findProject(db, access, input.project);
  const reach = await reachableProjects(db, access);
  if (!project || !reaches(reach, project.id)) throw forbidden();
  if (!links.some((link) => link.projectId === project.id)) throw notFound();
  if (input.sort !== undefined && input.sort !== "date") throw new AppError("invalid", "invalid sort");
  const status = input.status ?? "open";
  if (!["open", "archived", ""].includes(status)) throw new AppError("invalid", "invalid value for status");
  const environments = await findEnvironments(db, release.organizationId, input.environment ?? [], () => Promise.resolve(reach));
  if (environments === null) throw notFound();
  return {
    sessionsLowerBound: null,
    sessionsUpperBound: null,
    ...(await findNeighbours(db, release, { projectId: project.id, status, contains: input.query ?? "", environments })),
  };
}
