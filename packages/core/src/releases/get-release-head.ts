import type { Reader } from "@landfall/db/store";
import { GetReleaseSummaryInput } from "@landfall/schema/inputs/read-release-head";
import { instant, instantOrNull } from "@landfall/schema/instant";
import { REL_DELETE, REL_READ, REL_WRITE } from "@landfall/schema/scope";
import type { PersonBriefView } from "@landfall/schema/views/brief";
import type { ReleaseSummaryView } from "@landfall/schema/views/release-head";
import { type AtRelease, atRelease } from "../access/at-release.ts";
import { reachableProjects, reaches } from "../access/project-reach.ts";
import { countReleaseArtifacts } from "../artifacts/release-artifact-counts.ts";
import { countContributors } from "../commits/count-people.ts";
import { briefUser } from "../compare/brief-people.ts";
import { findNotesExcerpt } from "../notes/find-notes-excerpt.ts";
import { query } from "../operation.ts";
import { findUsers } from "../people/find-people.ts";
import { versionInfo } from "../versions/version-info.ts";
import { findHeadCommits } from "./find-heads.ts";
import { findNeighbours } from "./find-neighbours.ts";
import { findReleaseEnvironments } from "./find-release-places.ts";

/**
 * What stands above the pages of a release: its facts, where it is, what the caller may do with it, and the releases before and after it
 * in the project named, if it is one of the release's within reach, else in the first of those. At most 19 queries, besides those of
 * access.
 */
export const getReleaseSummary = query({
  scope: REL_READ,
  at: atRelease,
  input: GetReleaseSummaryInput,
  run: async ({ db, at }, { project: named }): Promise<ReleaseSummaryView> => {
    const { release, links, access } = at;
    const reach = await reachableProjects(db, access);
    const reached = links.filter(({ projectId }) => reaches(reach, projectId));
    const isWhole = reached.length === links.length;
    const may = (scopes: typeof REL_WRITE | typeof REL_DELETE) => isWhole && scopes.some((scope) => access.scopes.has(scope));
    const notes = await findNotesExcerpt(db, release.id);
    return {
      version: release.version,
      versionInfo: versionInfo(release.version),
      status: release.isArchived ? "archived" : "open",
      ref: release.ref,
      url: release.url,
      dateCreated: instant(release.dateCreated),
      dateReleased: instantOrNull(release.dateReleased),
      owner: await ownerOf(db, release),
      commitCount: release.commitCount,
      heads: await findHeadCommits(db, release.id, reach),
      peopleCount: await countContributors(db, release),
      deployCount: release.deployCount,
      artifactCount: await countReleaseArtifacts(db, at),
      projects: links.map(({ projectId, slug, name }) => ({ id: String(projectId), slug, name })),
      beside: await findAdjacentReleases(db, release, reached.find(({ slug }) => slug === named) ?? reached[0]),
      environments: await findReleaseEnvironments(
        db,
        release.id,
        reached.map(({ projectId }) => projectId),
      ),
      notes: notes?.markdown ?? null,
      notesHtml: notes?.html ?? null,
      may: { change: may(REL_WRITE), delete: may(REL_DELETE) },
    };
  },
});

async function ownerOf(db: Reader, { ownerId }: AtRelease["release"]): Promise<PersonBriefView | null> {
  if (ownerId === null) return null;
  const owner = (await findUsers(db, [ownerId])).get(ownerId);
  return owner ? briefUser(owner.user) : null;
}

async function findAdjacentReleases(
  db: Reader,
  release: AtRelease["release"],
  link: AtRelease["links"][number] | undefined,
): Promise<ReleaseSummaryView["beside"]> {
  if (!link) return null;
  const filter = { projectId: link.projectId, status: "", contains: "", environments: [] };
  const { prevReleaseVersion: previous, nextReleaseVersion: next } = await findNeighbours(db, release, filter);
  return { project: link.slug, previous, next };
}
