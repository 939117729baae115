import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, count, desc, eq } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { deployWithinReach } from "../access/within-reach.ts";

/** How many deploys a release had, and the ids of the last ones. */
export type ReleaseDeploys = { readonly total: number; readonly ids: readonly number[] };

const LISTED_DEPLOYS = 20;

/** The deploys of a release to environments of projects within reach, the last finished first. At most two queries. */
export async function findReleaseDeploys(
  db: Reader,
  { id, deployCount }: Pick<ReleaseRow, "id" | "deployCount">,
  reach: ProjectReach,
): Promise<ReleaseDeploys> {
  if (deployCount === 0) return { total: 0, ids: [] };
  const { deploys } = db.tables;
  const where = and(eq(deploys.releaseId, id), deployWithinReach(db, deploys, reach));
  const rows = await db
    .select({ id: deploys.id })
    .from(deploys)
    .where(where)
    .orderBy(desc(deploys.dateFinished), desc(deploys.id))
    .limit(LISTED_DEPLOYS);
  const ids = rows.map((row) => row.id);
  if (reach.all || ids.length < LISTED_DEPLOYS) return { total: reach.all ? deployCount : ids.length, ids };
  const [row] = await db.select({ total: count() }).from(deploys).where(where);
  return { total: row?.total ?? 0, ids };
}
