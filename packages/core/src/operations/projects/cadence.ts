import { WEEK } from "@landfall/domain/durations";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { instant } from "@landfall/schema/instant";
import { type CadenceView, GetCadenceInput } from "@landfall/schema/organizations/projects";
import { REL_READ } from "@landfall/schema/scope";
import { and, type Column, count, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { deployIsForProject } from "../../access/project-reach.ts";
import { query } from "../../kernel/operation.ts";

const DEFAULT_WEEKS = 26;

/** A Monday, at midnight in UTC. */
const MONDAY = Date.UTC(2024, 0, 1);

/**
 * Counts the releases and deploys of a project in each of the last weeks, including the current one. At most the last 20,000 releases of the
 * project and the last 20,000 deploys of the organization are read; weeks that these do not cover are null. Two queries.
 */
export const getCadence = query({
  scope: REL_READ,
  at: atProject,
  input: GetCadenceInput,
  run: async ({ db, at: { project }, now }, { weeks = DEFAULT_WEEKS }): Promise<CadenceView> => {
    const thisWeek = MONDAY + Math.floor((now.getTime() - MONDAY) / WEEK) * WEEK;
    const from = new Date(thisWeek - (weeks - 1) * WEEK);
    const span = { projectId: project.id, organizationId: project.organizationId, from, to: new Date(thisWeek + WEEK) };
    const [releases, deploys] = await Promise.all([countWeeklyReleases(db, span), countWeeklyDeploys(db, span)]);
    return {
      weeks: Array.from({ length: weeks }, (_, week) => ({
        start: instant(new Date(from.getTime() + week * WEEK)),
        releases: releases(week),
        deploys: deploys(week),
      })),
    };
  },
});

/** Milliseconds of a week. */

/** Releases or deploys that are read. */
const MAX_SCANNED = 20_000;

/** Whole weeks, including `from` and excluding `to`. At most `most` releases or deploys are read. */
export type Span = {
  readonly organizationId: number;
  readonly projectId: number;
  readonly from: Date;
  readonly to: Date;
  readonly most?: number;
};

/** The count of a week, of which the first is 0; null if the week was not read completely. */
export type Weekly = (week: number) => number | null;

/** Counts the project's releases in each week, by the date released, else created. One query, which reads one index. */
export async function countWeeklyReleases(db: Reader, { projectId, from, to, most = MAX_SCANNED }: Span): Promise<Weekly> {
  return countsByWeek(await selectReleases(db, { projectId, from, to, limit: most + 1 }), most);
}

/** Counts the project's finished deploys in each week. One query, which reads the organization's deploys. */
export async function countWeeklyDeploys(db: Reader, { most = MAX_SCANNED, ...span }: Span): Promise<Weekly> {
  return countsByWeek(await selectDeploys(db, { ...span, limit: most + 1 }), most);
}

type Row = { readonly week: number; readonly scanned: number; readonly counted: number };

/** The newest rows are read first, so only the oldest week of the rows, and those before it, can be incomplete. */
function countsByWeek(rows: readonly Row[], most: number): Weekly {
  const isCapped = rows.reduce((sum, { scanned }) => sum + scanned, 0) > most;
  const oldest = Math.min(...rows.map(({ week }) => week));
  const counts = new Map(rows.map(({ week, counted }) => [week, counted]));
  return (week) => (isCapped && week <= oldest ? null : (counts.get(week) ?? 0));
}

type Period = { readonly from: Date; readonly to: Date };

const selectReleases = prepared((db: Reader, param: Period & { projectId: number; limit: number }) => {
  const { projectId, dateEffective } = db.tables.releaseProjects;
  const scanned = db
    .select({ week: weekOf(db, dateEffective, param.from).as("week") })
    .from(db.tables.releaseProjects)
    .where(and(eq(projectId, param.projectId), isWithin(dateEffective, param)))
    .orderBy(desc(dateEffective))
    .limit(param.limit)
    .as("scanned");
  return db
    .select({ week: scanned.week, scanned: count(), counted: count() })
    .from(scanned)
    .groupBy(sql`${scanned.week}`)
    .prepare();
});

const selectDeploys = prepared((db: Reader, param: Period & { organizationId: number; limit: number; projectId: number }) => {
  const { id, releaseId, environmentId, organizationId, dateFinished } = db.tables.deploys;
  const scanned = db
    .select({ week: weekOf(db, dateFinished, param.from).as("week"), id, releaseId, environmentId })
    .from(db.tables.deploys)
    .where(and(eq(organizationId, param.organizationId), isWithin(dateFinished, param)))
    .orderBy(desc(dateFinished), desc(id))
    .limit(param.limit)
    .as("scanned");
  const ofProject = eq(db.tables.releaseEnvironments.projectId, param.projectId);
  const wasForProject = deployIsForProject(db, scanned, ofProject, { byIndex: true });
  const counted = sql<number>`sum(case when ${wasForProject} then 1 else 0 end)`.mapWith(Number);
  return db
    .select({ week: scanned.week, scanned: count(), counted })
    .from(scanned)
    .groupBy(sql`${scanned.week}`)
    .prepare();
});

const encoded = (date: Date, column: Column): SQL => sql`${sql.param(date, column)}`;

const isWithin = (date: Column, { from, to }: Period): SQL | undefined => and(gte(date, encoded(from, date)), lt(date, encoded(to, date)));

/** The number of weeks since `from`. */
const weekOf = ({ dialect }: Reader, date: Column, from: Date): SQL<number> =>
  (dialect === "sqlite"
    ? // The parameter is a number with a fraction, so the quotient has one too.
      sql<number>`cast((${date} - ${encoded(from, date)}) / ${sql.raw(String(WEEK))} as integer)`
    : sql<number>`floor(extract(epoch from ${date} - ${encoded(from, date)}::timestamptz) / ${sql.raw(String(WEEK / 1000))})`
  ).mapWith(Number);
