import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { type CadenceView, GetCadenceInput } from "@landfall/schema/organizations/projects";
import { REL_READ } from "@landfall/schema/scope";
import { and, count, desc, eq, sql } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { deployIsForProject } from "../../access/project-reach.ts";
import { query } from "../../kernel/operation.ts";
import {
  countsByWeek,
  describeWeeks,
  isWithinSpan,
  lastWeeks,
  type Weekly,
  type WeekSpan,
  weekSince,
} from "../../records/weekly-counts.ts";

const DEFAULT_WEEKS = 26;

/**
 * Counts the releases and deploys of a project in each of the last weeks, including the current one. At most the last 20,000 releases of the
 * project and the last 20,000 deploys of the organization are read; weeks that these do not cover are null. Two queries.
 */
export const getCadence = query({
  scope: REL_READ,
  at: atProject,
  input: GetCadenceInput,
  run: async ({ db, at: { project }, now }, { weeks = DEFAULT_WEEKS }): Promise<CadenceView> => {
    const span = { ...lastWeeks(now, weeks), projectId: project.id, organizationId: project.organizationId };
    const [releases, deploys] = await Promise.all([countWeeklyReleases(db, span), countWeeklyDeploys(db, span)]);
    return { weeks: describeWeeks(span, { releases, deploys }) };
  },
});

/** Releases or deploys that are read. */
const MAX_SCANNED = 20_000;

/** The weeks of a project. At most `most` releases or deploys are read. */
export type Span = Pick<WeekSpan, "from" | "to"> & {
  readonly organizationId: number;
  readonly projectId: number;
  readonly most?: number;
};

/** Counts the project's releases in each week, by the date released, else created. One query, which reads one index. */
export async function countWeeklyReleases(db: Reader, { projectId, from, to, most = MAX_SCANNED }: Span): Promise<Weekly> {
  return countsByWeek(await selectReleases(db, { projectId, from, to, limit: most + 1 }), most);
}

/** Counts the project's finished deploys in each week. One query, which reads the organization's deploys. */
export async function countWeeklyDeploys(db: Reader, { most = MAX_SCANNED, ...span }: Span): Promise<Weekly> {
  return countsByWeek(await selectDeploys(db, { ...span, limit: most + 1 }), most);
}

type Period = { readonly from: Date; readonly to: Date };

const selectReleases = prepared((db: Reader, param: Period & { projectId: number; limit: number }) => {
  const { projectId, dateEffective } = db.tables.releaseProjects;
  const scanned = db
    .select({ week: weekSince(db, dateEffective, param.from).as("week") })
    .from(db.tables.releaseProjects)
    .where(and(eq(projectId, param.projectId), isWithinSpan(dateEffective, param)))
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
    .select({ week: weekSince(db, dateFinished, param.from).as("week"), id, releaseId, environmentId })
    .from(db.tables.deploys)
    .where(and(eq(organizationId, param.organizationId), isWithinSpan(dateFinished, param)))
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
