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
 * How many releases and deploys a project had in each of the last weeks, this one included. Of the whole time no more than the last
 * 20,000 releases of the project and the last 20,000 deploys of the organization are looked at: weeks these do not cover are told as
 * null. Two queries.
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
export const WEEK = 7 * 24 * 60 * 60 * 1000;

/** No more releases or deploys than this are looked at. */
const MAX_SCANNED = 20_000;

/** Whole weeks: `from` counts, `to` does not. `most` are looked at. */
export type Span = {
  readonly organizationId: number;
  readonly projectId: number;
  readonly from: Date;
  readonly to: Date;
  readonly most?: number;
};

/** The number of a week of the span, the first being 0; null where not all of it was looked at. */
export type Weekly = (week: number) => number | null;

/** The project's releases of each week, by date released, else created. One query, along one index. */
export async function countWeeklyReleases(db: Reader, { projectId, from, to, most = MAX_SCANNED }: Span): Promise<Weekly> {
  return countsByWeek(await selectReleases(db, { projectId, from, to, limit: most + 1 }), most);
}

/** The project's finished deploys of each week. One query, along the organization's deploys. */
export async function countWeeklyDeploys(db: Reader, { most = MAX_SCANNED, ...span }: Span): Promise<Weekly> {
  return countsByWeek(await selectDeploys(db, { ...span, limit: most + 1 }), most);
}

type Row = { readonly week: number; readonly looked: number; readonly counted: number };

/** The last ones are looked at first, so that what is missing is missing from the oldest week with any, and before. */
function countsByWeek(rows: readonly Row[], most: number): Weekly {
  const isCapped = rows.reduce((sum, { looked }) => sum + looked, 0) > most;
  const oldest = Math.min(...rows.map(({ week }) => week));
  const counts = new Map(rows.map(({ week, counted }) => [week, counted]));
  return (week) => (isCapped && week <= oldest ? null : (counts.get(week) ?? 0));
}

type Period = { readonly from: Date; readonly to: Date };

const selectReleases = prepared((db: Reader, param: Period & { projectId: number; limit: number }) => {
  const { projectId, dateEffective } = db.tables.releaseProjects;
  const looked = db
    .select({ week: weekOf(db, dateEffective, param.from).as("week") })
    .from(db.tables.releaseProjects)
    .where(and(eq(projectId, param.projectId), isWithin(dateEffective, param)))
    .orderBy(desc(dateEffective))
    .limit(param.limit)
    .as("looked");
  return db
    .select({ week: looked.week, looked: count(), counted: count() })
    .from(looked)
    .groupBy(sql`${looked.week}`)
    .prepare();
});

const selectDeploys = prepared((db: Reader, param: Period & { organizationId: number; limit: number; projectId: number }) => {
  const { id, releaseId, environmentId, organizationId, dateFinished } = db.tables.deploys;
  const looked = db
    .select({ week: weekOf(db, dateFinished, param.from).as("week"), id, releaseId, environmentId })
    .from(db.tables.deploys)
    .where(and(eq(organizationId, param.organizationId), isWithin(dateFinished, param)))
    .orderBy(desc(dateFinished), desc(id))
    .limit(param.limit)
    .as("looked");
  const ofProject = eq(db.tables.releaseEnvironments.projectId, param.projectId);
  const wasForProject = deployIsForProject(db, looked, ofProject, { byIndex: true });
  const counted = sql<number>`sum(case when ${wasForProject} then 1 else 0 end)`.mapWith(Number);
  return db
    .select({ week: looked.week, looked: count(), counted })
    .from(looked)
    .groupBy(sql`${looked.week}`)
    .prepare();
});

const encoded = (date: Date, column: Column): SQL => sql`${sql.param(date, column)}`;

const isWithin = (date: Column, { from, to }: Period): SQL | undefined => and(gte(date, encoded(from, date)), lt(date, encoded(to, date)));

/** The number of the week since `from`. */
const weekOf = ({ dialect }: Reader, date: Column, from: Date): SQL<number> =>
  (dialect === "sqlite"
    ? // A moment is given as a number with a fraction, and the quotient would have one too.
      sql<number>`cast((${date} - ${encoded(from, date)}) / ${sql.raw(String(WEEK))} as integer)`
    : sql<number>`floor(extract(epoch from ${date} - ${encoded(from, date)}::timestamptz) / ${sql.raw(String(WEEK / 1000))})`
  ).mapWith(Number);
