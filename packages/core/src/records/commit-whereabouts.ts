import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { compareSemverKeys, type SemverKey, semverKey } from "@landfall/domain/versions/semver";
import type { ProjectBriefView } from "@landfall/schema/brief";
import { instant } from "@landfall/schema/instant";
import type { ChangeLocationView } from "@landfall/schema/releases/search";
import { asc, desc, eq } from "drizzle-orm";
import { type ProjectReach, reaches } from "../access/project-reach.ts";
import { type DeployWithRelease, findDeploysWithRelease } from "./deploys.ts";
import { findEnvironmentColumns } from "./environments/columns.ts";
import { findCurrentDeploys, findPlaces, placeKey } from "./environments/latest-deploys.ts";
import { compareAge } from "./release-distance.ts";

/** In which releases a commit is, the newest first, and in which environments. */
export type Whereabouts = { readonly releases: readonly ReleaseRow[]; readonly environments: readonly ChangeLocationView[] };

/** For all commits together, so many projects are looked at; of one commit, so many places are told. */
const MAX_PROJECTS = 200;

const MAX_ENVIRONMENTS = 100;

/**
 * Where commits are, by their id: the releases that hold them, as far as a project of theirs is within reach, and for each such project
 * and each environment of it (at most 20) whether what is there now holds the commit. Projects are taken by their slugs, 200 for all
 * commits together, and 100 places for each commit. Eight queries whatever their number.
 */
export async function findWhereabouts(
  db: Reader,
  organizationId: number,
  reach: ProjectReach,
  commitIds: readonly number[],
): Promise<Map<number, Whereabouts>> {
  const { holders, projects, deployed } = await findContainingReleases(db, reach, commitIds);
  const known = [...projects.values()].toSorted((a, b) => (a.slug < b.slug ? -1 : 1)).slice(0, MAX_PROJECTS);
  const occupied = await findOccupiedPlaces(db, organizationId, known);
  return new Map(
    commitIds.map((commitId) => {
      const mine = (holders.get(commitId) ?? []).toSorted((a, b) => compareAge(b.release, a.release));
      const environments = occupied.flatMap((place) => {
        const inProject = mine.flatMap(({ release, projectIds }) => (projectIds.has(Number(place.project.id)) ? release : []));
        return inProject.length === 0 ? [] : describePlace(place, inProject, deployed);
      });
      return [commitId, { releases: mine.map(({ release }) => release), environments: environments.slice(0, MAX_ENVIRONMENTS) }];
    }),
  );
}

type OccupiedPlace = {
  readonly project: ProjectBriefView;
  readonly environment: string;
  readonly key: string;
  readonly now: DeployWithRelease;
};

/** What is in every environment of these projects now: by project, then in the order of the environments. */
async function findOccupiedPlaces(db: Reader, organizationId: number, projects: readonly ProjectBriefView[]): Promise<OccupiedPlace[]> {
  if (projects.length === 0) return [];
  const ids = projects.map(({ id }) => Number(id));
  const { columns } = await findEnvironmentColumns(db, organizationId, { all: false, ids: new Set(ids) });
  const places = await findPlaces(
    db,
    ids,
    columns.map((column) => column.id),
  );
  const current = await findCurrentDeploys(db, places);
  const facts = await findDeploysWithRelease(
    db,
    [...current.values()].map(({ deployId }) => deployId),
  );
  return projects.flatMap((project) =>
    columns.flatMap(({ id, name }) => {
      const key = placeKey({ projectId: Number(project.id), environmentId: id });
      const deploy = current.get(key);
      const now = deploy && facts.get(deploy.deployId);
      return now ? [{ project, environment: name, key, now }] : [];
    }),
  );
}

/** `deployed` tells when a release was last deployed to a place, by `<place>:<release id>`. */
function describePlace(
  { project, environment, key, now }: OccupiedPlace,
  holding: readonly ReleaseRow[],
  deployed: ReadonlyMap<string, Date>,
): ChangeLocationView {
  const [first] = holding.flatMap(({ id }) => deployed.get(`${key}:${id}`) ?? []).toSorted((a, b) => a.getTime() - b.getTime());
  const state = holding.some(({ id }) => id === now.release.id)
    ? "live"
    : holding.some((release) => isLater(now.release, release))
      ? "passed"
      : first
        ? "gone"
        : "missing";
  return { project, environment, state, version: now.release.version, date: instant(first ?? now.deploy.dateFinished) };
}

type ReleaseOrder = Pick<ReleaseRow, "id" | "dateEffective" | "package" | "major" | "minor" | "patch" | "revision" | "prerelease">;

/**
 * Whether `release` comes after `other` and so may be taken to hold what that one holds: by date released, or created. Of versions of
 * one package the number must not be lower: a fix of an old line does not hold what the new line does.
 */
export function isLater(release: ReleaseOrder, other: ReleaseOrder): boolean {
  const [key, otherKey] = [keyOf(release), keyOf(other)];
  const isLower = key !== null && otherKey !== null && release.package === other.package && compareSemverKeys(key, otherKey) < 0;
  return !isLower && compareAge(release, other) > 0;
}

function keyOf({ major, minor, patch, revision, prerelease }: ReleaseOrder): SemverKey | null {
  if (major === null || minor === null || patch === null || revision === null || prerelease === null) return null;
  return semverKey({ major, minor, patch, revision, prerelease });
}

/** A release that holds a commit, with those of its projects that are within reach. */
type ContainingRelease = { readonly release: ReleaseRow; readonly projectIds: ReadonlySet<number> };

export type ContainingReleases = {
  /** By the commit's id. */
  readonly holders: ReadonlyMap<number, readonly ContainingRelease[]>;
  /** Every project of them, by id. */
  readonly projects: ReadonlyMap<number, ProjectBriefView>;
  /** When a release was last deployed to a place, by `<place>:<release id>`. */
  readonly deployed: ReadonlyMap<string, Date>;
};

/** For all commits together, the newest releases are looked at: so many pairs of a commit and a release. */
const MAX_COMMIT_RELEASES = 5000;

/** So many pairs of one of those releases and a project; and so many places they were deployed to. */
const MAX_RELEASE_LINKS = 20_000;

/** The releases that hold these commits, as far as a project of theirs is within reach, and where they were deployed. Three queries. */
export async function findContainingReleases(db: Reader, reach: ProjectReach, commitIds: readonly number[]): Promise<ContainingReleases> {
  const held = commitIds.length === 0 ? [] : await selectReleasesOfCommits(db, { ids: commitIds });
  const ids = [...new Set(held.map((row) => row.releaseId))];
  const linked = (held.length === 0 ? [] : await selectLinkedProjects(db, { ids })).filter(({ project }) => reaches(reach, project.id));
  const releases = new Map<number, { release: ReleaseRow; projectIds: Set<number> }>();
  for (const { release, project } of linked) {
    const holder = releases.get(release.id) ?? { release, projectIds: new Set() };
    releases.set(release.id, { ...holder, projectIds: holder.projectIds.add(project.id) });
  }
  const deploys = releases.size === 0 ? [] : await selectDeployed(db, { ids });
  return {
    holders: new Map(
      [...Map.groupBy(held, (row) => row.commitId)].map(([id, rows]) => [
        id,
        rows.flatMap(({ releaseId }) => releases.get(releaseId) ?? []),
      ]),
    ),
    projects: new Map(linked.map(({ project: { id, slug, name } }) => [id, { id: String(id), slug, name }])),
    deployed: new Map(deploys.map(({ releaseId, dateFinished, ...place }) => [`${placeKey(place)}:${releaseId}`, dateFinished])),
  };
}

const selectReleasesOfCommits = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { commitId, releaseId } = db.tables.releaseCommits;
  return db
    .select({ commitId, releaseId })
    .from(db.tables.releaseCommits)
    .where(anyOf(commitId, param.ids))
    .orderBy(desc(releaseId))
    .limit(MAX_COMMIT_RELEASES)
    .prepare();
});

const selectLinkedProjects = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { releases, releaseProjects, projects } = db.tables;
  return db
    .select({ release: releases, project: { id: projects.id, slug: projects.slug, name: projects.name } })
    .from(releaseProjects)
    .innerJoin(releases, eq(releases.id, releaseProjects.releaseId))
    .innerJoin(projects, eq(projects.id, releaseProjects.projectId))
    .where(anyOf(releaseProjects.releaseId, param.ids))
    .orderBy(desc(releaseProjects.releaseId), asc(projects.slug))
    .limit(MAX_RELEASE_LINKS)
    .prepare();
});

const selectDeployed = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { releaseEnvironments, deploys } = db.tables;
  const { releaseId, projectId, environmentId } = releaseEnvironments;
  return db
    .select({ releaseId, projectId, environmentId, dateFinished: deploys.dateFinished })
    .from(releaseEnvironments)
    .innerJoin(deploys, eq(deploys.id, releaseEnvironments.lastDeployId))
    .where(anyOf(releaseId, param.ids))
    .orderBy(desc(releaseId))
    .limit(MAX_RELEASE_LINKS)
    .prepare();
});
