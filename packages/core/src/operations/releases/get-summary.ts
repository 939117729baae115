import type { Reader } from "@landfall/db/store";
import { versionInfo } from "@landfall/domain/versions/version-info";
import type { PersonBriefView } from "@landfall/schema/brief";
import { instant, instantOrNull } from "@landfall/schema/instant";
import { GetReleaseSummaryInput, type ReleaseSummaryView } from "@landfall/schema/releases/release-summary";
import { REL_DELETE, REL_READ, REL_WRITE } from "@landfall/schema/scope";
import { asc, eq, isNotNull, or, sql } from "drizzle-orm";
import { type AtRelease, atRelease } from "../../access/at-release.ts";
import { commitWithinReach, type ProjectReach, reachableProjects, reaches, reachesEvery } from "../../access/project-reach.ts";
import { query } from "../../kernel/operation.ts";
import { countReleaseArtifacts } from "../../records/artifacts/release-artifact-counts.ts";
import { briefLinkedProjects, briefUser } from "../../records/briefs.ts";
import { countContributors } from "../../records/contributors.ts";
import { findDeploysWithRelease } from "../../records/deploys.ts";
import { compareEnvironments } from "../../records/environments/environment-order.ts";
import { findReleasePlaces } from "../../records/environments/latest-deploys.ts";
import { findBeside } from "../../records/release-lines.ts";
import { findNotesExcerpt } from "../../records/release-notes.ts";
import { releaseTexts } from "../../records/releases.ts";
import { findUsers } from "../../records/users.ts";

/**
 * Returns the summary in the header of the pages of a release: its fields, its environments, what the caller may do with it, and the
 * releases of its package before and after it (see `findBeside`) in `project` if that is one of its projects within reach, else in the first
 * of those. At most 17 queries, excluding those of access.
 */
export const getReleaseSummary = query({
  scope: REL_READ,
  at: atRelease,
  input: GetReleaseSummaryInput,
  run: async ({ db, at }, { project: slug }): Promise<ReleaseSummaryView> => {
    const { release, links, access } = at;
    const reach = await reachableProjects(db, access);
    const reached = links.filter(({ projectId }) => reaches(reach, projectId));
    const reachesProjects = reachesEvery(reach, links);
    const may = (scopes: typeof REL_WRITE | typeof REL_DELETE) => reachesProjects && scopes.some((scope) => access.scopes.has(scope));
    const notes = await findNotesExcerpt(db, release.id);
    return {
      version: release.version,
      versionInfo: versionInfo(release.version),
      status: release.isArchived ? "archived" : "open",
      ...releaseTexts(release),
      dateCreated: instant(release.dateCreated),
      dateReleased: instantOrNull(release.dateReleased),
      owner: await ownerOf(db, release),
      commitCount: release.commitCount,
      heads: await findHeadCommits(db, release.id, reach),
      peopleCount: await countContributors(db, release),
      deployCount: release.deployCount,
      artifactCount: await countReleaseArtifacts(db, at),
      projects: briefLinkedProjects(links),
      beside: await findAdjacentReleases(db, release, reached.find((link) => link.slug === slug) ?? reached[0]),
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
  return { project: link.slug, ...(await findBeside(db, link.projectId, release)) };
}

/** The maximum number of head commits in a summary. */
const MAX_HEAD_COMMITS = 20;

/** Returns the head commits of a release by the name of the repository, at most 20. One query. */
function findHeadCommits(db: Reader, releaseId: number, reach: ProjectReach): Promise<ReleaseSummaryView["heads"]> {
  const { releaseHeads, commits, repositories } = db.tables;
  return db
    .select({
      repository: repositories.name,
      sha: commits.sha,
      previousSha: releaseHeads.previousSha,
      hasPage: sql`${commitWithinReach(db, reach) ?? sql`true`}`.mapWith(Boolean),
      hasLinks: sql`${or(isNotNull(repositories.url), isNotNull(repositories.links))}`.mapWith(Boolean),
    })
    .from(releaseHeads)
    .innerJoin(commits, eq(commits.id, releaseHeads.commitId))
    .innerJoin(repositories, eq(repositories.id, releaseHeads.repositoryId))
    .where(eq(releaseHeads.releaseId, releaseId))
    .orderBy(asc(repositories.name), asc(repositories.id))
    .limit(MAX_HEAD_COMMITS);
}

/**
 * Returns the last deploy of a release to each environment of some projects, in the order of the organization, and whether the release is current there in
 * one of them. Four queries.
 */
async function findReleaseEnvironments(
  db: Reader,
  releaseId: number,
  projectIds: readonly number[],
): Promise<ReleaseSummaryView["environments"]> {
  const places = await findReleasePlaces(db, releaseId, { all: false, ids: new Set(projectIds) });
  const current = new Set(places.filter(({ isCurrent }) => isCurrent).map(({ environmentId }) => environmentId));
  const facts = await findDeploysWithRelease(
    db,
    places.map(({ deployId }) => deployId),
  );
  const inOrder = [...facts.values()].toSorted(
    (a, b) => b.deploy.dateFinished.getTime() - a.deploy.dateFinished.getTime() || b.deploy.id - a.deploy.id,
  );
  const newest = new Map<number, (typeof inOrder)[number]>();
  for (const fact of inOrder) if (!newest.has(fact.deploy.environmentId)) newest.set(fact.deploy.environmentId, fact);
  return [...newest]
    .map(([environmentId, { view, position }]) => ({ name: view.environment, position, view, isCurrent: current.has(environmentId) }))
    .toSorted(compareEnvironments)
    .map(({ view, isCurrent }) => ({ deploy: view, isCurrent }));
}
