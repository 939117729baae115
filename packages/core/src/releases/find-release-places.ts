import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import type { ReleaseSummaryView } from "@landfall/schema/views/release-head";
import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import { findDeploysWithRelease } from "../board/find-deploy-facts.ts";
import { findLatestDeploys, placeKey } from "../board/latest-deploys.ts";

/** More places than this no release has; the last recorded ones count. */
const MAX_ENVIRONMENTS = 20_000;

/**
 * The last deploy of a release to each environment of some projects, the last finished first, and whether it is what was deployed last
 * there in one of them. Four queries.
 */
export async function findReleaseEnvironments(
  db: Reader,
  releaseId: number,
  projectIds: readonly number[],
): Promise<ReleaseSummaryView["environments"]> {
  const wanted = new Set(projectIds);
  const places = (await selectDeployedEnvironments(db, { releaseId })).filter(({ projectId }) => wanted.has(projectId));
  const latest = await findLatestDeploys(db, places, 1);
  const isCurrent = new Set(
    places.filter((place) => latest.get(placeKey(place))?.[0]?.releaseId === releaseId).map((place) => place.environmentId),
  );
  const facts = await findDeploysWithRelease(
    db,
    places.flatMap(({ deployId }) => deployId ?? []),
  );
  const inOrder = [...facts.values()].toSorted(
    (a, b) => b.deploy.dateFinished.getTime() - a.deploy.dateFinished.getTime() || b.deploy.id - a.deploy.id,
  );
  const newest = new Map<number, (typeof inOrder)[number]>();
  for (const fact of inOrder) if (!newest.has(fact.deploy.environmentId)) newest.set(fact.deploy.environmentId, fact);
  return [...newest].map(([environmentId, { view }]) => ({ deploy: view, isCurrent: isCurrent.has(environmentId) }));
}

const selectDeployedEnvironments = prepared((db: Reader) => {
  const { releaseEnvironments } = db.tables;
  return db
    .select({
      projectId: releaseEnvironments.projectId,
      environmentId: releaseEnvironments.environmentId,
      deployId: releaseEnvironments.lastDeployId,
    })
    .from(releaseEnvironments)
    .where(and(eq(releaseEnvironments.releaseId, sql.placeholder("releaseId")), isNotNull(releaseEnvironments.lastDeployId)))
    .orderBy(desc(releaseEnvironments.lastDeployId))
    .limit(MAX_ENVIRONMENTS)
    .prepare();
});
