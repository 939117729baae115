import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { and, eq, exists, gt, isNotNull, or, sql } from "drizzle-orm";
import { withoutIndex } from "../board/not-by-index.ts";
import type { RetentionPolicy } from "./make-judge.ts";

/** Which of these releases of a project its rule keeps, whatever their age. */
export async function retainedReleases(db: Reader, judge: RetentionPolicy, releaseIds: readonly number[]): Promise<ReadonlySet<number>> {
  if (releaseIds.length === 0) return new Set();
  const { projectId, from, environmentIds, current, lastDeployId } = judge;
  const rows = await selectRetained(db, {
    projectId,
    ids: JSON.stringify(releaseIds),
    date: from.date,
    id: from.id,
    environments: JSON.stringify(environmentIds),
    current: JSON.stringify(current),
    lastDeployId,
  });
  return new Set(rows.map((row) => row.id));
}

const selectRetained = prepared((db: Reader) => {
  const { releaseProjects, releaseEnvironments } = db.tables;
  const { dateEffective, releaseId, projectId } = releaseProjects;
  const { environmentId, lastDeployId } = releaseEnvironments;
  const from = sql`(${sql.param(sql.placeholder("date"), dateEffective)}, ${sql.param(sql.placeholder("id"), releaseId)})`;
  const deployed = db
    .select({ one: sql`1` })
    .from(releaseEnvironments)
    .where(
      and(
        eq(releaseEnvironments.releaseId, releaseId),
        eq(releaseEnvironments.projectId, projectId),
        isNotNull(lastDeployId),
        or(anyOf(environmentId, "environments"), gt(lastDeployId, sql.placeholder("lastDeployId"))),
      ),
    );
  return db
    .select({ id: releaseId })
    .from(releaseProjects)
    .where(
      and(
        eq(withoutIndex(projectId), sql.placeholder("projectId")),
        anyOf(releaseId, "ids"),
        or(sql`(${dateEffective}, ${releaseId}) >= ${from}`, anyOf(releaseId, "current"), exists(deployed)),
      ),
    )
    .prepare();
});
