import type { Reader } from "@landfall/db/store";
import { NoInput } from "@landfall/schema/fields/query";
import { type ProjectMetaView, ReadProjectReleaseInput, ReadReleaseInput, type ReleaseView } from "@landfall/schema/releases/releases";
import { REL_READ } from "@landfall/schema/scope";
import { and, desc, eq, inArray, isNotNull, lte, ne } from "drizzle-orm";
import { findProject } from "../../access/at-project.ts";
import { atProjectRelease, type AtRelease, atRelease } from "../../access/at-release.ts";
import { reachableProjects, reaches } from "../../access/project-reach.ts";
import { quoted, unknownEnvironments, unknownProject } from "../../access/unknown-names.ts";
import { AppError, forbidden, notFound } from "../../kernel/app-error.ts";
import { query } from "../../kernel/operation.ts";
import { findEnvironments } from "../../records/environments/environments.ts";
import { describeRelease } from "./describe.ts";
import { findNeighbors } from "./neighbors.ts";

/** Returns a release by its version (contract 4.1), with its neighbors in `project` if that is set. */
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
  if (!project || !reaches(reach, project.id)) throw forbidden(await unknownProject(db, access, input.project));
  if (!links.some((link) => link.projectId === project.id))
    throw notFound(`The release ${quoted(release.version)} is not linked to the project ${project.slug}.`);
  if (input.sort !== undefined && input.sort !== "date") throw new AppError("invalid", "invalid sort");
  const status = input.status ?? "open";
  if (!["open", "archived", ""].includes(status)) throw new AppError("invalid", "invalid value for status");
  const environments = await findEnvironments(db, release.organizationId, input.environment ?? [], () => Promise.resolve(reach));
  if (environments === null) throw notFound(unknownEnvironments(access, input.environment ?? []));
  return {
    sessionsLowerBound: null,
    sessionsUpperBound: null,
    ...(await findNeighbors(db, release, { projectId: project.id, status, contains: input.query ?? "", environments })),
  };
}

/** Returns a release through a project it is linked to, with the new issues of this project (contract 5.3). */
export const getProjectRelease = query({
  scope: REL_READ,
  at: atProjectRelease,
  input: ReadProjectReleaseInput,
  run: ({ db, at: { access, release, links, project } }, { health = false, adoptionStages = false }) =>
    describeRelease(db, release, { access, links, projectId: project.id, health, adoptionStages }),
});

/**
 * Returns the newest release up to this one that has commits and shares a project within reach with it, or null (contract 6.4). The release
 * itself is excluded, so that a repeated `set-commits` sends its whole range again (design 9).
 */
export const getPreviousWithCommits = query({
  scope: REL_READ,
  at: atRelease,
  input: NoInput,
  run: async ({ db, at }): Promise<ReleaseView | null> => {
    const row = await findPrevious(db, at);
    return row ? describeRelease(db, row, { access: at.access }) : null;
  },
});

async function findPrevious(db: Reader, { access, release, links }: AtRelease) {
  const reach = await reachableProjects(db, access);
  const projectIds = links.map((link) => link.projectId).filter((id) => reaches(reach, id));
  const { releases, releaseProjects } = db.tables;
  const [found] = await db
    .select({ release: releases })
    .from(releaseProjects)
    .innerJoin(releases, eq(releases.id, releaseProjects.releaseId))
    .where(
      and(
        inArray(releaseProjects.projectId, projectIds),
        lte(releaseProjects.dateEffective, release.dateEffective),
        ne(releases.id, release.id),
        isNotNull(releases.lastCommitId),
      ),
    )
    .orderBy(desc(releaseProjects.dateEffective), desc(releaseProjects.releaseId))
    .limit(1);
  return found?.release;
}
