import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { instant } from "@landfall/schema/instant";
import type { ReleaseLineView } from "@landfall/schema/views/release-line";
import { and, desc, eq, sql } from "drizzle-orm";
import type { ProjectReach } from "../../access/project-reach.ts";

type Environments = ReleaseLineView["environments"];

/** Where each release was deployed to in projects within reach, the last first: when its last deploy there finished. One query. */
export async function findEnvironmentsOf(
  db: Reader,
  reach: ProjectReach,
  releaseIds: readonly number[],
): Promise<Map<number, Environments>> {
  const ids = JSON.stringify(releaseIds);
  const rows = reach.all ? await selectAll(db, { ids }) : await selectReached(db, { ids, projectIds: JSON.stringify([...reach.ids]) });
  const found = new Map<number, Environments>();
  for (const { releaseId, name, finished, projects } of rows) {
    const list = found.get(releaseId) ?? [];
    list.push({ name, dateFinished: instant(finished), projects });
    found.set(releaseId, list);
  }
  return found;
}

const selectOf = (isReached: boolean) =>
  prepared((db: Reader) => {
    const { deploys, environments, releaseEnvironments: pointers } = db.tables;
    const finished = sql<Date>`max(${deploys.dateFinished})`.mapWith(deploys.dateFinished);
    return db
      .select({
        releaseId: pointers.releaseId,
        name: environments.name,
        finished,
        projects: sql<number>`count(*)`.mapWith(Number),
      })
      .from(pointers)
      .innerJoin(deploys, eq(deploys.id, pointers.lastDeployId))
      .innerJoin(environments, eq(environments.id, pointers.environmentId))
      .where(and(anyOf(pointers.releaseId, "ids"), isReached ? anyOf(pointers.projectId, "projectIds") : undefined))
      .groupBy(pointers.releaseId, environments.name)
      .orderBy(desc(finished), environments.name)
      .prepare();
  });
const selectAll = selectOf(false);
const selectReached = selectOf(true);
