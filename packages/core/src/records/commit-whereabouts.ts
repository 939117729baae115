import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { historyContains, type VersionOrder, versionOrder } from "@landfall/domain/versions/release-history";
import type { ProjectBriefView } from "@landfall/schema/brief";
import { instant } from "@landfall/schema/instant";
import type { ChangeLocationView } from "@landfall/schema/releases/search";
import { asc, desc, eq } from "drizzle-orm";
import { type ProjectReach, reaches } from "../access/project-reach.ts";
import { briefProject } from "./briefs.ts";
import { type DeployWithRelease, findDeploysWithRelease } from "./deploys.ts";
import { findEnvironmentColumns } from "./environments/environments.ts";
import { findCurrentDeploys, findLastDeploysOf, findPlaces, type Place, placeKey } from "./environments/latest-deploys.ts";
import { compareAge, findLines, type LineEnd, packageOf } from "./release-lines.ts";

/** The releases that contain a commit, newest first, and the environments where it is or was expected. */
export type Whereabouts = { readonly releases: readonly ReleaseRow[]; readonly environments: readonly ChangeLocationView[] };

/** Projects that are read for all commits together. */
const MAX_PROJECTS = 200;

/** Places that are returned for each commit. */
const MAX_ENVIRONMENTS = 100;

/**
 * Returns where commits are, by their id: the releases that contain them and have a project within reach, and for each environment of these
 * projects (at most 20 per project) whether its current release contains the commit. Where releases of several packages are deployed, the
 * current release of the commit's own packages counts. At most 200 projects for all commits together, in the order of their slugs, and 100
 * environments per commit. At most nine queries, for any number of commits, and three more if a release of another package is current.
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
  const found = commitIds.map((commitId) => {
    const containing = (byCommit.get(commitId) ?? []).toSorted((a, b) => compareAge(b.release, a.release));
    const places = occupied.flatMap((place) => {
      const inProject = containing.flatMap(({ release, projectIds }) => (projectIds.has(Number(place.project.id)) ? release : []));
      return inProject.length === 0 ? [] : [{ place, containing: inProject }];
    });
    return { commitId, releases: containing.map(({ release }) => release), places: places.slice(0, MAX_ENVIRONMENTS) };
  });
  const all: readonly PlaceOfCommit[] = found.flatMap(({ places }) => places);
  const own = await findCurrentOfOwnPackages(db, all);
  const compared = new Map(all.map((one) => [one, { ...one, place: { ...one.place, current: own.get(one) ?? one.place.current } }]));
  const passed = await findPassed(db, [...compared.values()]);
  const environmentsOf = (places: readonly PlaceOfCommit[]) =>
    places.map((one) => {
      const place = compared.get(one) ?? one;
      return describePlace(place, passed.has(place), deployed);
    });
  return new Map(found.map(({ commitId, releases, places }) => [commitId, { releases, environments: environmentsOf(places) }]));
}

/** A place with its current release. */
type OccupiedPlace = {
  readonly place: Place;
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
      const place = { projectId: Number(project.id), environmentId: id };
      const key = placeKey(place);
      const deploy = deploys.get(key);
      const current = deploy && facts.get(deploy.deployId);
      return current ? [{ place, project, environment: name, key, current }] : [];
    }),
  );
}

/** A place, and the releases of its project that contain a commit. */
type PlaceOfCommit = { readonly place: OccupiedPlace; readonly containing: readonly ReleaseRow[] };

/** Whether two releases are of different packages. A version without a package can follow any other. */
const isOtherPackage = (name: string | null, other: string | null): boolean => name !== null && other !== null && name !== other;

/**
 * Returns the last deploy of a release of the commit's own packages for each place where a release of another package is current. Places
 * that none was deployed to are left out. At most three queries.
 */
async function findCurrentOfOwnPackages(db: Reader, places: readonly PlaceOfCommit[]) {
  const mixed = places.flatMap((one) => {
    const names = one.containing.map(packageOf);
    const isOther = (name: string | null) => names.every((own) => isOtherPackage(own, name));
    const isWanted = (_: number, name: string | null) => !isOther(name);
    return isOther(packageOf(one.place.current.release)) ? [{ one, place: one.place.place, isWanted }] : [];
  });
  const deploys = await findLastDeploysOf(db, mixed);
  return new Map(mixed.flatMap(({ one }, index) => (deploys[index] ? [[one, deploys[index]] as const] : [])));
}

/** `deployed` has the date of a release's last deploy to a place, by `<place>:<release id>`. */
function describePlace(
  { place: { project, environment, key, current }, containing }: PlaceOfCommit,
  isPassed: boolean,
  deployed: ReadonlyMap<string, Date>,
): ChangeLocationView {
  const [first] = containing.flatMap(({ id }) => deployed.get(`${key}:${id}`) ?? []).toSorted((a, b) => a.getTime() - b.getTime());
  const isLive = containing.some(({ id }) => id === current.release.id);
  const state = isLive ? "live" : isPassed ? "passed" : first ? "rolled-back" : "missing";
  return { project, environment, state, version: current.release.version, date: instant(first ?? current.deploy.dateFinished) };
}

/** The number of releases of a place with the commit, the newest before the current one, that are compared with the current one. */
const MAX_COMPARED = 20;

/**
 * Returns the places whose current release comes after one that contains the commit, and can therefore be assumed to contain it: by the
 * histories that a comparison of the two shows. A release of another package does not contain it; one without a package does if it is
 * later. At most one query, which reads about 5,000 releases before those that contain commits.
 */
async function findPassed(db: Reader, places: readonly PlaceOfCommit[]): Promise<ReadonlySet<PlaceOfCommit>> {
  const passing = places.flatMap((one) => {
    const { project, current } = one.place;
    if (one.containing.some(({ id }) => id === current.release.id)) return [];
    const earlier = one.containing.filter((release) => compareAge(current.release, release) > 0).slice(0, MAX_COMPARED);
    return earlier.map((release) => ({ one, current: current.release, end: { projectId: Number(project.id), release } }));
  });
  const keys = [...new Map(passing.map(({ end }) => [lineKey(end), end]))];
  const lines = await findLines(
    db,
    keys.map(([, end]) => end),
  );
  const earlier = new Map(keys.map(([key], index) => [key, lines[index]?.releases.map(({ order }) => order) ?? []]));
  const known = new Map<number, { readonly name: string | null; readonly order: VersionOrder | null }>();
  const parsed = (release: ReleaseRow) => {
    const found = known.get(release.id) ?? { name: packageOf(release), order: versionOrder(release.version) };
    known.set(release.id, found);
    return found;
  };
  return new Set(
    passing.flatMap(({ one, current, end }) => {
      const [now, before] = [parsed(current), parsed(end.release)];
      if (isOtherPackage(now.name, before.name)) return [];
      const isContained = now.name !== before.name || historyContains(now.order, before.order, earlier.get(lineKey(end)) ?? []);
      return isContained ? [one] : [];
    }),
  );
}

const lineKey = ({ projectId, release }: LineEnd): string => `${projectId}:${release.id}`;

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
