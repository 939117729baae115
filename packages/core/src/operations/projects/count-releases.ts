import { anyOf, integerRows } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { CountProjectReleasesInput, type ReleaseTallyView } from "@landfall/schema/organizations/projects";
import { REL_READ } from "@landfall/schema/scope";
import { and, asc, eq, sql } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { withinReach } from "../../access/project-reach.ts";
import { query } from "../../kernel/operation.ts";
import { requestedProjects } from "../../records/projects.ts";
import { describeWeeks, isInWeek, lastWeeks, type WeekSpan } from "../../records/weekly-counts.ts";

/** Releases of each project that are counted. */
const MAX_COUNTED = 10_000;

/** The weeks in which releases are counted, and the releases of each project and week that are. */
const WEEKS = 12;
const MAX_IN_WEEK = 200;

/** Projects that are returned. */
const MAX_PROJECTS = 200;

/**
 * Counts the releases of projects, including archived ones: up to 10,000 of each project, and up to 200 in each of the last
 * twelve weeks, for the first 200 projects by slug. Three queries, or four if not every project is within reach.
 *
 * @throws 403 if a given project does not exist or is out of reach.
 */
export const countProjectReleases = query({
  scope: REL_READ,
  at: atOrganization,
  input: CountProjectReleasesInput,
  run: async ({ db, at: { access }, now }, { project }): Promise<ReleaseTallyView[]> => {
    const reach = await requestedProjects(db, access, project);
    const { projects } = db.tables;
    const rows = await db
      .select({ id: projects.id, slug: projects.slug })
      .from(projects)
      .where(and(eq(projects.organizationId, access.organization.id), withinReach(projects.id, reach)))
      .orderBy(asc(projects.slug))
      .limit(MAX_PROJECTS);
    const ids = rows.map(({ id }) => id);
    const counts = await countReleasesOf(db, ids);
    const span = lastWeeks(now, WEEKS);
    const weekly = await countWeeklyReleasesOf(db, ids, span);
    return rows.map(({ id, slug }) => ({
      project: slug,
      ...(counts.get(id) ?? { count: 0, isCapped: false }),
      weeks: describeWeeks(span, { releases: (week) => weekly.get(`${id}:${week}`) ?? 0 }),
    }));
  },
});

/** Counts the releases of projects, up to `most` of each, by project id. One query. */
export async function countReleasesOf(
  db: Reader,
  projectIds: readonly number[],
  most = MAX_COUNTED,
): Promise<Map<number, Pick<ReleaseTallyView, "count" | "isCapped">>> {
  const rows = await selectCounts(db, { ids: projectIds, limit: most + 1 });
  return new Map(rows.map(({ id, count }) => [id, { count: Math.min(count, most), isCapped: count > most }]));
}

const selectCounts = prepared((db: Reader, param: { ids: readonly number[]; limit: number }) => {
  const { projects, releaseProjects } = db.tables;
  const ofProject = sql`from ${releaseProjects} where ${releaseProjects.projectId} = ${projects.id}`;
  return db
    .select({
      id: projects.id,
      count: sql<number>`(select count(*) from (select 1 ${ofProject} limit ${param.limit}) as counted)`.mapWith(Number),
    })
    .from(projects)
    .where(anyOf(projects.id, param.ids))
    .prepare();
});

/** Counts the releases of projects in each week by the date released, else created: up to 200, by project id and week. One query. */
async function countWeeklyReleasesOf(db: Reader, ids: readonly number[], { from }: WeekSpan): Promise<Map<string, number>> {
  const rows = await selectWeekly(db, { ids, from });
  return new Map(rows.map(({ id, week, count }) => [`${id}:${week}`, count]));
}

const selectWeekly = prepared((db: Reader, param: { ids: readonly number[]; from: Date }) => {
  const { projects, releaseProjects } = db.tables;
  const week = sql`weeks.column1`;
  const ofWeek = sql`from ${releaseProjects} where ${releaseProjects.projectId} = ${projects.id} and ${isInWeek(db, releaseProjects.dateEffective, param.from, week)}`;
  return db
    .select({
      id: projects.id,
      week: sql<number>`${week}`.mapWith(Number),
      count: sql<number>`(select count(*) from (select 1 ${ofWeek} limit ${sql.raw(String(MAX_IN_WEEK))}) as counted)`.mapWith(Number),
    })
    .from(projects)
    .innerJoin(
      integerRows(
        Array.from({ length: WEEKS }, (_, number) => [number]),
        "weeks",
      ),
      sql`true`,
    )
    .where(anyOf(projects.id, param.ids))
    .prepare();
});
