import type { Reader } from "@landfall/db/store";
import type { OverviewView } from "@landfall/schema/releases/overview";
import { and, count, desc, eq, type SQL, sql } from "drizzle-orm";
import { deployWithinReach, preparedWithinReach, type ProjectReach, releaseWithinReach } from "../../access/project-reach.ts";
import { newestDeploys } from "../../records/deploys.ts";
import { countsByWeek, describeWeeks, isWithinSpan, lastWeeks, weekSince } from "../../records/weekly-counts.ts";

const WEEKS = 12;

/** Releases or deploys that are read. */
const MAX_SCANNED = 10_000;

/**
 * Counts the releases and deploys within reach in each of the last twelve weeks. The newest 10,000 releases and 10,000 deploys of the
 * organization are read; weeks that these do not cover are null. Two queries.
 */
export async function countByWeek(
  db: Reader,
  { organizationId, reach, now }: { readonly organizationId: number; readonly reach: ProjectReach; readonly now: Date },
): Promise<OverviewView["weeks"]> {
  const span = lastWeeks(now, WEEKS);
  const param = { organizationId, from: span.from, to: span.to };
  const releases = countsByWeek(await selectReleases(db, reach, param), MAX_SCANNED);
  const deploys = countsByWeek(await selectDeploys(db, reach, param), MAX_SCANNED);
  return describeWeeks(span, { releases, deploys });
}

type WeekParameters = { readonly organizationId: number; readonly from: Date; readonly to: Date };

const selectReleases = preparedWithinReach((db, reach, param: WeekParameters) => {
  const { id, organizationId, dateCreated } = db.tables.releases;
  const scanned = db
    .select({ id, week: weekSince(db, dateCreated, param.from).as("week") })
    .from(db.tables.releases)
    .where(and(eq(organizationId, param.organizationId), isWithinSpan(dateCreated, param)))
    .orderBy(desc(dateCreated), desc(id))
    .limit(MAX_SCANNED + 1)
    .as("scanned");
  return db
    .select({
      week: scanned.week,
      scanned: count(),
      counted: sumOf(reach === "all" ? undefined : releaseWithinReach(db, scanned.id, reach)),
    })
    .from(scanned)
    .groupBy(sql`${scanned.week}`)
    .prepare();
});

const selectDeploys = preparedWithinReach((db, reach, param: WeekParameters) => {
  const { organizationId, dateFinished } = db.tables.deploys;
  const ofWeeks = and(eq(organizationId, param.organizationId), isWithinSpan(dateFinished, param));
  const newest = newestDeploys(db, ofWeeks, MAX_SCANNED + 1);
  const week = weekSince(db, newest.dateFinished, param.from);
  return (
    db
      .select({ week, scanned: count(), counted: sumOf(deployWithinReach(db, newest, reach)) })
      .from(newest)
      // The first column, since PostgreSQL takes a repeated parameter for another expression.
      .groupBy(sql`1`)
      .prepare()
  );
});

/** The number of rows that meet a condition; all without one. */
const sumOf = (condition: SQL | undefined) =>
  condition ? sql<number>`sum(case when ${condition} then 1 else 0 end)`.mapWith(Number) : count();
