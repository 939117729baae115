import { anyOf } from "@landfall/db/any-of";
import type { Reader } from "@landfall/db/store";
import { instant } from "@landfall/schema/instant";
import type { ReleaseLineView } from "@landfall/schema/views/release-line";
import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { ProjectReach } from "../../access/project-reach.ts";
import { preparedWithinReach, withinReach } from "../../access/within-reach.ts";
import { findLatestDeploys, placeKey } from "../../board/latest-deploys.ts";

type Environments = ReleaseLineView["environments"];

/** A list is read often, and most of it is of places where much is deployed: few deploys tell what is there. */
const RECENT = { all: 600, ofOne: 200 };

/**
 * Where each release was deployed to in projects within reach, the last first: when its last deploy there finished, and whether it is
 * what is there now in one of them. Four queries.
 */
export async function findEnvironmentsOf(
  db: Reader,
  reach: ProjectReach,
  releaseIds: readonly number[],
): Promise<Map<number, Environments>> {
  const ids = JSON.stringify(releaseIds);
  const rows = await selectDeployed(db, reach, { ids });
  const places = await selectDeployedEnvironments(db, reach, { ids });
  const latest = await findLatestDeploys(db, places, 1, RECENT);
  const current = new Set(places.map((place) => `${latest.get(placeKey(place))?.[0]?.releaseId}:${place.environmentId}`));
  const found = new Map<number, Environments>();
  for (const { releaseId, environmentId, name, finished, projects } of rows) {
    const list = found.get(releaseId) ?? [];
    list.push({ name, dateFinished: instant(finished), projects, isCurrent: current.has(`${releaseId}:${environmentId}`) });
    found.set(releaseId, list);
  }
  return found;
}

const selectDeployed = preparedWithinReach((db, reach) => {
  const { deploys, environments, releaseEnvironments: pointers } = db.tables;
  const finished = sql<Date>`max(${deploys.dateFinished})`.mapWith(deploys.dateFinished);
  return db
    .select({
      releaseId: pointers.releaseId,
      environmentId: environments.id,
      name: environments.name,
      finished,
      projects: sql<number>`count(*)`.mapWith(Number),
    })
    .from(pointers)
    .innerJoin(deploys, eq(deploys.id, pointers.lastDeployId))
    .innerJoin(environments, eq(environments.id, pointers.environmentId))
    .where(and(anyOf(pointers.releaseId, "ids"), withinReach(pointers.projectId, reach)))
    .groupBy(pointers.releaseId, environments.id, environments.name)
    .orderBy(desc(finished), environments.name)
    .prepare();
});

const selectDeployedEnvironments = preparedWithinReach((db, reach) => {
  const { releaseEnvironments: pointers } = db.tables;
  return db
    .selectDistinct({ projectId: pointers.projectId, environmentId: pointers.environmentId })
    .from(pointers)
    .where(and(anyOf(pointers.releaseId, "ids"), isNotNull(pointers.lastDeployId), withinReach(pointers.projectId, reach)))
    .prepare();
});
