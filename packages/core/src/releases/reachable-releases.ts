import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { and } from "drizzle-orm";
import type { Access } from "../access/organization-access.ts";
import { reachableProjects } from "../access/project-reach.ts";
import { reachValues, withinReach } from "../access/within-reach.ts";

/**
 * Those of the releases the caller may know of: some project of theirs is within reach (contract 4.1). For answers that name releases
 * besides the one asked for. Costs nothing where every project is within reach.
 */
export async function reachableReleases(db: Reader, access: Access, releaseIds: readonly number[]): Promise<ReadonlySet<number>> {
  const reach = await reachableProjects(db, access);
  if (reach.all || releaseIds.length === 0) return new Set(releaseIds);
  const linked = await selectLinked(db, { releaseIds: JSON.stringify(releaseIds), ...reachValues(reach) });
  return new Set(linked.map((row) => row.releaseId));
}

const selectLinked = prepared((db: Reader) => {
  const { releaseProjects } = db.tables;
  return db
    .selectDistinct({ releaseId: releaseProjects.releaseId })
    .from(releaseProjects)
    .where(and(anyOf(releaseProjects.releaseId, "releaseIds"), withinReach(releaseProjects.projectId, "listed")))
    .prepare();
});
