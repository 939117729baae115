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
import { briefProject } from "./briefs.ts";
import { type DeployWithRelease, findDeploysWithRelease } from "./deploys.ts";
import { findEnvironmentColumns } from "./environments/columns.ts";
import { findCurrentDeploys, findPlaces, placeKey } from "./environments/latest-deploys.ts";
import { compareAge } from "./release-distance.ts";

/** The releases that contain a commit, newest first, and the environments where it is or was expected. */
export type Whereabouts = { readonly releases: readonly ReleaseRow[]; readonly environments: readonly ChangeLocationView[] };

/** Projects that are read for all commits together. */
const MAX_PROJECTS = 200;

/** Places that are returned for each commit. */
const MAX_ENVIRONMENTS = 100;

/**
 * Returns where commits are, by their id: the releases that contain them and have a project within reach, and for each environment of these
 * projects (at most 20 per project) whether its current release contains the commit. At most 200 projects for all commits together, in the
 * order of their slugs, and 100 environments per commit. Eight queries, for any number of commits.
 */
export async function findWhereabouts(
  db: Reader,
  organizationId: number,
  reach: ProjectReach,
  commitIds: readonly number[],
): Promise<Map<number, Whereabouts>> {
  const { byCommit, projects, deployed } = await findContainingReleases(db, reach, commitIds);
  const listed = [...projects.values()].toSorted((a, b) => (a.slug < b.slug ? -1 : 1)).slice(0, MAX_PROJECTS);
  const occupied = await findOccupiedPlaces(db, organizationId, listed);
  return new Map(
    commitIds.map((commitId) => {
      const containing = (byCommit.get(commitId) ?? []).toSorted((a, b) => compareAge(b.release, a.release));
      const environments = occupied.flatMap((place) => {
        const inProject = containing.flatMap(({ release, projectIds }) => (projectIds.has(Number(place.project.id)) ? release : []));
        return inProject.length === 0 ? [] : describePlace(place, inProject, deployed);
      });
      return [commitId, { releases: containing.map(({ release }) => release), environments: environments.slice(0, MAX_ENVIRONMENTS) }];
    }),
  );
}

/** A place with its current release. */
type OccupiedPlace = {
  readonly project: ProjectBriefView;
  readonly environment: string;
  readonly key: string;
  readonly current: DeployWithRelease;
};

/** Returns the current deploy of each environment of these projects, by project, then in the order of the environments. */
async function findOccupiedPlaces(db: Reader, organizationId: number, projects: readonly ProjectBriefView[]): Promise<OccupiedPlace[]> {
  if (projects.length === 0) return [];
  const ids = projects.map(({ id }) => Number(id));
  const { columns } = await findEnvironmentColumns(db, organizationId, { all: false, ids: new Set(ids) });
  const places = await findPlaces(
    db,
    ids,
    columns.map((column) => column.id),
  );
  const deploys = await findCurrentDeploys(db, places);
  const facts = await findDeploysWithRelease(
    db,
    [...deploys.values()].map(({ deployId }) => deployId),
  );
  return projects.flatMap((project) =>
    columns.flatMap(({ id, name }) => {
      const key = placeKey({ projectId: Number(project.id), environmentId: id });
      const deploy = deploys.get(key);
      const current = deploy && facts.get(deploy.deployId);
      return current ? [{ project, environment: name, key, current }] : [];
    }),
  );
}

/** `deployed` has the date of a release's last deploy to a place, by `<place>:<release id>`. */
function describePlace(
  { project, environment, key, current }: OccupiedPlace,
  containing: readonly ReleaseRow[],
  deployed: ReadonlyMap<string, Date>,
): ChangeLocationView {
  const [first] = containing.flatMap(({ id }) => deployed.get(`${key}:${id}`) ?? []).toSorted((a, b) => a.getTime() - b.getTime());
  const state = containing.some(({ id }) => id === current.release.id)
    ? "live"
    : containing.some((release) => isLater(current.release, release))
      ? "passed"
      : first
        ? "rolled-back"
        : "missing";
  return { project, environment, state, version: current.release.version, date: instant(first ?? current.deploy.dateFinished) };
}

type ReleaseOrder = Pick<ReleaseRow, "id" | "dateEffective" | "package" | "major" | "minor" | "patch" | "revision" | "prerelease">;

/**
 * Returns whether `release` is later than `other`, and can therefore be assumed to contain its commits: by release date, else creation date.
 * For versions of one package, the version must not be lower either, because a fix of an old line does not contain the new line.
 */
export function isLater(release: ReleaseOrder, other: ReleaseOrder): boolean {
  const [key, otherKey] = [storedKeyOf(release), storedKeyOf(other)];
  const isLower = key !== null && otherKey !== null && release.package === other.package && compareSemverKeys(key, otherKey) < 0;
  return !isLower && compareAge(release, other) > 0;
}

function storedKeyOf({ major, minor, patch, revision, prerelease }: ReleaseOrder): SemverKey | null {
  if (major === null || minor === null || patch === null || revision === null || prerelease === null) return null;
  return semverKey({ major, minor, patch, revision, prerelease });
}

/** A release that contains a commit, with its projects within reach. */
type ContainingRelease = { readonly release: ReleaseRow; readonly projectIds: ReadonlySet<number> };

export type ContainingReleases = {
  /** By the id of the commit. */
  readonly byCommit: ReadonlyMap<number, readonly ContainingRelease[]>;
  /** The projects of the releases, by id. */
  readonly projects: ReadonlyMap<number, ProjectBriefView>;
  /** The date of a release's last deploy to a place, by `<place>:<release id>`. */
  readonly deployed: ReadonlyMap<string, Date>;
};

/** The maximum number of pairs of a commit and a release, newest releases first. */
const MAX_COMMIT_RELEASES = 5000;

/** The maximum number of pairs of such a release and a project, and of places that they were deployed to. */
const MAX_RELEASE_LINKS = 20_000;

/** Returns the releases that contain these commits and have a project within reach, and where they were deployed. Three queries. */
export async function findContainingReleases(db: Reader, reach: ProjectReach, commitIds: readonly number[]): Promise<ContainingReleases> {
  const pairs = commitIds.length === 0 ? [] : await selectReleasesOfCommits(db, { ids: commitIds });
  const ids = [...new Set(pairs.map((row) => row.releaseId))];
  const linked = (pairs.length === 0 ? [] : await selectLinkedProjects(db, { ids })).filter(({ project }) => reaches(reach, project.id));
  const releases = new Map<number, { release: ReleaseRow; projectIds: Set<number> }>();
  for (const { release, project } of linked) {
    const known = releases.get(release.id) ?? { release, projectIds: new Set() };
    releases.set(release.id, { ...known, projectIds: known.projectIds.add(project.id) });
  }
  const deploys = releases.size === 0 ? [] : await selectDeployed(db, { ids });
  return {
    byCommit: new Map(
      [...Map.groupBy(pairs, (row) => row.commitId)].map(([id, rows]) => [
        id,
        rows.flatMap(({ releaseId }) => releases.get(releaseId) ?? []),
      ]),
    ),
    projects: new Map(linked.map(({ project }) => [project.id, briefProject(project)])),
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
