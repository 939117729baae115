import type { DeployRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { Page } from "@landfall/schema/views/page";
import { and, eq, gte, inArray, lt, type SQL } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { deployWithinReach } from "../access/within-reach.ts";
import { beyondKey, SCAN_LIMIT, scannedPage } from "../audit/scanned-page.ts";
import { keysetPage, type KeysetWindow, type SortKey } from "../pagination/keyset-page.ts";

/** A deploy as far as its place in a timeline goes. */
export type TimelineDeploy = Pick<DeployRow, "id" | "releaseId" | "environmentId" | "dateFinished">;

/** Which deploys a timeline is of. */
export type Timeline = {
  readonly organizationId: number;
  /** Those of these environments; of all, when there are none. */
  readonly environmentIds: readonly number[];
  readonly reach: ProjectReach;
  /** Those finished at or after this moment. */
  readonly from?: Date | undefined;
  /** Those finished before this moment. */
  readonly to?: Date | undefined;
};

/**
 * A page of the deploys of a timeline, the last finished first. Where not all deploys of the organization or of one environment are
 * wanted, a page looks at no more than 20,000 for those that are: it may be short, and still have a next one.
 */
export async function readTimelinePage(db: Reader, timeline: Timeline, window: KeysetWindow): Promise<Page<TimelineDeploy>> {
  const { deploys } = db.tables;
  const { where, orderBy } = beyondKey({ ...window, key: startOf(window, timeline) }, deploys.dateFinished, deploys.id);
  const walk = () =>
    selectTimelineDeploys(db)
      .where(and(inTimelineScope(db, timeline), where, untilEnd(db, timeline, window)))
      .orderBy(...orderBy);
  const { environmentIds, reach } = timeline;
  if (reach.all && environmentIds.length <= 1) return keysetPage(window, await walk().limit(window.limit), keyOf);
  const looked = walk().limit(SCAN_LIMIT).as("looked");
  const rows = await db
    .select()
    .from(looked)
    .where(
      and(environmentIds.length > 1 ? inArray(looked.environmentId, [...environmentIds]) : undefined, deployWithinReach(db, looked, reach)),
    )
    .orderBy(...beyondKey(window, looked.dateFinished, looked.id).orderBy)
    .limit(window.limit);
  return scannedPage(window, rows, keyOf, async () => {
    const [edge] = await walk()
      .limit(1)
      .offset(SCAN_LIMIT - 1);
    return edge ? keyOf(edge) : null;
  });
}

/** Deploys, without a condition. */
export function selectTimelineDeploys(db: Reader) {
  const { deploys } = db.tables;
  const { id, releaseId, environmentId, dateFinished } = deploys;
  return db.select({ id, releaseId, environmentId, dateFinished }).from(deploys);
}

/** The deploys of the one environment, or of the whole organization: those that an index holds in order. */
export function inTimelineScope({ tables: { deploys } }: Reader, { organizationId, environmentIds }: Timeline): SQL {
  const [environmentId, ...others] = environmentIds;
  return environmentId !== undefined && others.length === 0
    ? eq(deploys.environmentId, environmentId)
    : eq(deploys.organizationId, organizationId);
}

/** Where to begin: at the page's key, or at the edge of the period when that comes later on the way. */
function startOf({ key, backwards }: KeysetWindow, { from, to }: Timeline): SortKey {
  if (backwards) return from && key.value < from.getTime() ? { value: from.getTime(), id: -1 } : key;
  return to && key.value >= to.getTime() ? { value: to.getTime(), id: -1 } : key;
}

function untilEnd({ tables: { deploys } }: Reader, { from, to }: Timeline, { backwards }: KeysetWindow): SQL | undefined {
  if (backwards) return to && lt(deploys.dateFinished, to);
  return from && gte(deploys.dateFinished, from);
}

const keyOf = ({ dateFinished, id }: TimelineDeploy): SortKey => ({ value: dateFinished.getTime(), id });
