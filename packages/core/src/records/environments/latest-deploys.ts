import { anyOf, integerRows, withoutIndex } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { and, desc, eq, inArray, isNotNull, type SQL, sql } from "drizzle-orm";
import { type ProjectReach, reaches } from "../../access/project-reach.ts";
import { type DeployWithRelease, findDeploysWithRelease } from "../deploys.ts";
import { findPackages, packageOf } from "../release-lines.ts";

/** An environment of one project. One release at a time is current there: the one whose deploy finished last. */
export type Place = { readonly projectId: number; readonly environmentId: number };

/** The last deploy of a release to a place. */
type PlacedDeploy = Place & { readonly deployId: number; readonly releaseId: number };

/** How many of the newest deploys the first query reads: of all environments together, and of each environment at most. */
const RECENT = { all: 6000, ofOne: 2000 };

/** The key of a place in a map. */
export const placeKey = ({ projectId, environmentId }: Place): string => `${projectId}:${environmentId}`;

/**
 * Returns the deploy of the current release of each place, by `placeKey`. Places that nothing was deployed to are left out. At most two
 * queries.
 */
export async function findCurrentDeploys(db: Reader, places: readonly Place[], recent = RECENT): Promise<Map<string, PlacedDeploy>> {
  const latest = await findLatestDeploys(db, places, 1, recent);
  return new Map([...latest].flatMap(([key, [deploy]]) => (deploy ? [[key, deploy] as const] : [])));
}

/** The current deploy of a place, and the last deploy of another release of the same package before it. */
export type PlaceHistory = { readonly place: Place; readonly now: DeployWithRelease; readonly before: DeployWithRelease | undefined };

/**
 * Returns the current deploy of each place and the deploy before it, in the order of the places. Places that nothing was deployed to are
 * left out. At most three queries. If releases of several packages were deployed to a place, at most three more, and the deploy before is
 * searched among the `recent` deploys of the environments.
 */
export async function findPlaceHistories(db: Reader, places: readonly Place[], recent = RECENT): Promise<PlaceHistory[]> {
  const latest = [...(await findLatestDeploys(db, places, 2, recent)).values()];
  const found = await findDeploysWithRelease(
    db,
    latest.flat().map(({ deployId }) => deployId),
  );
  const histories = latest.flatMap(([current, previous]) => {
    const now = current && found.get(current.deployId);
    return now ? [{ place: current, now, before: previous && found.get(previous.deployId) }] : [];
  });
  const isMixed = ({ now, before }: PlaceHistory) => before !== undefined && packageOf(now.release) !== packageOf(before.release);
  const earlier = await findEarlierOfPackage(db, histories.filter(isMixed), recent);
  return histories.map((history) => (isMixed(history) ? { ...history, before: earlier.get(placeKey(history.place)) } : history));
}

/** Returns the last deploy of another release of the current package in each place, by `placeKey`. At most three queries. */
async function findEarlierOfPackage(
  db: Reader,
  histories: readonly PlaceHistory[],
  recent: typeof RECENT,
): Promise<ReadonlyMap<string, DeployWithRelease>> {
  const wanted = histories.map(({ place, now: { release } }) => ({
    place,
    isWanted: (releaseId: number, name: string | null) => releaseId !== release.id && name === packageOf(release),
  }));
  const found = await findLastDeploysOf(db, wanted, recent);
  return new Map(
    histories.flatMap(({ place }, index) => {
      const deploy = found[index];
      return deploy ? [[placeKey(place), deploy] as const] : [];
    }),
  );
}

/** A place, and which of its releases are wanted, by their id and package. */
type WantedDeploy = { readonly place: Place; readonly isWanted: (releaseId: number, packageName: string | null) => boolean };

/**
 * Returns the last deploy of a wanted release to each place, in the order given, among the `recent` deploys of the environments. At most
 * three queries.
 */
export async function findLastDeploysOf(
  db: Reader,
  wanted: readonly WantedDeploy[],
  recent = RECENT,
): Promise<(DeployWithRelease | undefined)[]> {
  if (wanted.length === 0) return [];
  const rows = await readRecent(
    db,
    wanted.map(({ place }) => place),
    recent,
  );
  const packages = await findPackages(
    db,
    rows.map(({ releaseId }) => releaseId),
  );
  const byPlace = Map.groupBy(rows, placeKey);
  const ids = wanted.map(
    ({ place, isWanted }) =>
      byPlace.get(placeKey(place))?.find(({ releaseId }) => isWanted(releaseId, packages.get(releaseId) ?? null))?.deployId,
  );
  const found = await findDeploysWithRelease(
    db,
    ids.filter((id) => id !== undefined),
  );
  return ids.map((id) => (id === undefined ? undefined : found.get(id)));
}

/** A place that a release was deployed to, with the last deploy of the release to it. */
type ReleasePlace = Place & { readonly deployId: number; readonly isCurrent: boolean };

/** Of a release with more places than this, the places with the newest deploys are returned. */
const MAX_RELEASE_PLACES = 20_000;

/** Returns the places within reach that a release was deployed to, those with the newest deploys first. At most three queries. */
export async function findReleasePlaces(db: Reader, releaseId: number, reach: ProjectReach): Promise<ReleasePlace[]> {
  const rows = await selectReleasePlaces(db, { releaseId });
  const places = rows.filter(({ projectId }) => reaches(reach, projectId));
  const current = await findCurrentDeploys(db, places);
  return places.flatMap(({ deployId, ...place }) =>
    deployId === null ? [] : { ...place, deployId, isCurrent: current.get(placeKey(place))?.releaseId === releaseId },
  );
}

const selectReleasePlaces = prepared((db: Reader, param: { releaseId: number }) => {
  const { releaseId, projectId, environmentId, lastDeployId } = db.tables.releaseEnvironments;
  return db
    .select({ projectId, environmentId, deployId: lastDeployId })
    .from(db.tables.releaseEnvironments)
    .where(and(eq(releaseId, param.releaseId), isNotNull(lastDeployId)))
    .orderBy(desc(lastDeployId))
    .limit(MAX_RELEASE_PLACES)
    .prepare();
});

/** Returns the places that these projects have in these environments, and whether the project hides the environment. At most one query. */
export async function findPlaces(
  db: Reader,
  projectIds: readonly number[],
  environmentIds: readonly number[],
): Promise<(Place & { readonly isHidden: boolean })[]> {
  if (projectIds.length === 0 || environmentIds.length === 0) return [];
  return selectPlaces(db, { projectIds, environmentIds });
}

const selectPlaces = prepared((db: Reader, param: { projectIds: readonly number[]; environmentIds: readonly number[] }) => {
  const { projectId, environmentId, isHidden } = db.tables.environmentProjects;
  return db
    .select({ projectId, environmentId, isHidden })
    .from(db.tables.environmentProjects)
    .where(and(anyOf(projectId, param.projectIds), anyOf(environmentId, param.environmentIds)))
    .prepare();
});

/**
 * Returns the current release of each place and the releases that were current before it, newest first and `depth` at most, each with its
 * last deploy, by `placeKey`. Of deploys that finished at the same moment, the one recorded later is newer. At most two queries: the
 * newest deploys of the environments, of which `recent` are read, are enough for nearly all places. For the other places, their own
 * deploys are read.
 */
export async function findLatestDeploys(
  db: Reader,
  places: readonly Place[],
  depth = 2,
  recent = RECENT,
): Promise<Map<string, PlacedDeploy[]>> {
  const found = new Map<string, PlacedDeploy[]>(places.map((place) => [placeKey(place), []]));
  if (places.length === 0) return found;
  const collect = (rows: readonly PlacedDeploy[]) => {
    for (const row of rows) {
      const list = found.get(placeKey(row));
      if (list && list.length < depth) list.push(row);
    }
  };
  collect(await readRecent(db, places, recent));
  const quiet = places.filter((place) => (found.get(placeKey(place))?.length ?? 0) < depth);
  for (const place of quiet) found.set(placeKey(place), []);
  collect(await readQuietPlaces(db, quiet, depth));
  return found;
}

async function readRecent(db: Reader, places: readonly Place[], { all, ofOne }: typeof RECENT): Promise<PlacedDeploy[]> {
  const { deploys, releaseEnvironments } = db.tables;
  const environmentIds = [...new Set(places.map((place) => place.environmentId))];
  const projectIds = [...new Set(places.map((place) => place.projectId))];
  const windows = environmentIds.map((environmentId) => {
    const newest = db
      .select({ id: deploys.id, environmentId: deploys.environmentId, releaseId: deploys.releaseId, dateFinished: deploys.dateFinished })
      .from(deploys)
      .where(eq(deploys.environmentId, environmentId))
      .orderBy(desc(deploys.dateFinished), desc(deploys.id))
      .limit(Math.min(ofOne, Math.ceil(all / environmentIds.length)));
    return sql`select * from (${newest}) as newest`;
  });
  const recent = sql`(${sql.join(windows, sql` union all `)}) as recent`;
  return db
    .select(deployColumns(db, sql`recent.id`))
    .from(recent)
    .innerJoin(
      releaseEnvironments,
      and(
        eq(releaseEnvironments.releaseId, sql`recent.release_id`),
        eq(withoutIndex(releaseEnvironments.environmentId), sql`recent.environment_id`),
        eq(releaseEnvironments.lastDeployId, sql`recent.id`),
      ),
    )
    .where(inArray(withoutIndex(releaseEnvironments.projectId), projectIds))
    .orderBy(sql`recent.date_finished desc`, sql`recent.id desc`);
}

async function readQuietPlaces(db: Reader, places: readonly Place[], depth: number): Promise<PlacedDeploy[]> {
  if (places.length === 0) return [];
  const { deploys, releaseEnvironments } = db.tables;
  const { projectId, environmentId } = releaseEnvironments;
  const order = sql`${deploys.dateFinished} desc, ${deploys.id} desc`;
  const ranked = db
    .select({
      ...deployColumns(db, sql`${deploys.id}`),
      rank: sql<number>`row_number() over (partition by ${projectId}, ${environmentId} order by ${order})`.mapWith(Number).as("rank"),
    })
    .from(
      integerRows(
        places.map((place) => [place.projectId, place.environmentId]),
        "pair",
      ),
    )
    .innerJoin(releaseEnvironments, and(eq(environmentId, sql`pair.column2`), eq(projectId, sql`pair.column1`)))
    .innerJoin(deploys, eq(deploys.id, releaseEnvironments.lastDeployId))
    .as("ranked");
  return db
    .select({ projectId: ranked.projectId, environmentId: ranked.environmentId, releaseId: ranked.releaseId, deployId: ranked.deployId })
    .from(ranked)
    .where(sql`${ranked.rank} <= ${depth}`)
    .orderBy(sql`${ranked.rank}`);
}

const deployColumns = ({ tables: { releaseEnvironments } }: Reader, deployId: SQL) => ({
  projectId: sql<number>`${releaseEnvironments.projectId}`.mapWith(Number).as("project_id"),
  environmentId: sql<number>`${releaseEnvironments.environmentId}`.mapWith(Number).as("environment_id"),
  releaseId: sql<number>`${releaseEnvironments.releaseId}`.mapWith(Number).as("release_id"),
  deployId: sql<number>`${deployId}`.mapWith(Number).as("deploy_id"),
});
