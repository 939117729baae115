import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { NoInput } from "@landfall/schema/inputs/nothing";
import { REL_DELETE, REL_READ } from "@landfall/schema/scope";
import type { DeletionPreviewView } from "@landfall/schema/views/release-admin";
import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { type AtRelease, atRelease } from "../access/at-release.ts";
import { reachableProjects, reaches } from "../access/project-reach.ts";
import { findLatestDeploys, placeKey } from "../board/latest-deploys.ts";
import { query } from "../operation.ts";

/**
 * What deleting a release would take with it, and whether the caller may do so, else why not. Environments are those the release is
 * what was deployed last to, in some project within the caller's reach.
 */
export const previewDeletion = query({
  scope: REL_READ,
  at: atRelease,
  input: NoInput,
  run: async ({ db, at }): Promise<DeletionPreviewView> => {
    const { release, links, access } = at;
    const reach = await reachableProjects(db, access);
    const isWhole = links.every((link) => reaches(reach, link.projectId));
    const [notes] = await selectNotes(db, { releaseId: release.id });
    const reason = refusalReason(access.scopes, isWhole);
    return {
      projects: links.map(({ projectId, slug, name }) => ({ id: String(projectId), slug, name })),
      commits: release.commitCount,
      deploys: release.deployCount,
      environments: await findCurrentEnvironments(db, at, (projectId) => reaches(reach, projectId)),
      notes: notes !== undefined,
      canDelete: reason === null,
      reason,
    };
  },
});

/** In words, what `deleteRelease` refuses this caller for. */
function refusalReason(scopes: AtRelease["access"]["scopes"], isWhole: boolean): string | null {
  if (!REL_DELETE.some((scope) => scopes.has(scope))) {
    return `Deleting a release needs one of the scopes ${REL_DELETE.join(", ")}, and you have none of them here.`;
  }
  return isWhole ? null : "Some of its projects are out of your reach. Whoever deletes a release must reach all of them.";
}

async function findCurrentEnvironments(
  db: Reader,
  { release, links }: AtRelease,
  isWithinReach: (projectId: number) => boolean,
): Promise<DeletionPreviewView["environments"]> {
  const places = (await selectDeployedEnvironments(db, { releaseId: release.id })).filter(({ projectId }) => isWithinReach(projectId));
  const latest = await findLatestDeploys(db, places, 1);
  const current = places.filter((place) => latest.get(placeKey(place))?.[0]?.releaseId === release.id);
  const slugs = new Map(links.map((link) => [link.projectId, link.slug]));
  return [...Map.groupBy(current, ({ name }) => name)].map(([name, found]) => ({
    name,
    projects: found.flatMap(({ projectId }) => slugs.get(projectId) ?? []).toSorted(),
  }));
}

const selectDeployedEnvironments = prepared((db: Reader) => {
  const { releaseEnvironments, environments } = db.tables;
  return db
    .select({ projectId: releaseEnvironments.projectId, environmentId: environments.id, name: environments.name })
    .from(releaseEnvironments)
    .innerJoin(environments, eq(environments.id, releaseEnvironments.environmentId))
    .where(and(eq(releaseEnvironments.releaseId, sql.placeholder("releaseId")), isNotNull(releaseEnvironments.lastDeployId)))
    .orderBy(asc(environments.name))
    .prepare();
});

const selectNotes = prepared((db: Reader) => {
  const { releaseNotes } = db.tables;
  return db
    .select({ releaseId: releaseNotes.releaseId })
    .from(releaseNotes)
    .where(eq(releaseNotes.releaseId, sql.placeholder("releaseId")))
    .prepare();
});
