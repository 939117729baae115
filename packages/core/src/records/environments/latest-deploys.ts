import { integerRows, withoutIndex } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import { and, desc, eq, inArray, type SQL, sql } from "drizzle-orm";

/** An environment of a project. */
export type Place = { readonly projectId: number; readonly environmentId: number };

/** The last deploy of a release to a place. */
export type PlacedDeploy = Place & { readonly deployId: number; readonly releaseId: number };

/** How many deploys are looked at first: the newest of each environment, as many of each, and of few environments not all. */
const RECENT = { all: 6000, ofOne: 2000 };

/** The key of a place in a map. */
export const placeKey = ({ projectId, environmentId }: Place): string => `${projectId}:${environmentId}`;

/**
 * What is in each place, newest first: by its last finished deploy (later recorded among those of one moment), and what was there
 * before, `depth` versions at most, each once. Two queries whatever the number of places: nearly all of them are among the newest
 * deploys of their environment, of which `recent` are looked at; for the others their own releases are read.
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
