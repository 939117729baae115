import type { Reader } from "@landfall/db/store";
import { and, desc, eq, exists, inArray, isNotNull, sql } from "drizzle-orm";
import type { ProjectReach } from "../../access/project-reach.ts";
import { withinReach } from "../../access/within-reach.ts";
import { followsSemver } from "../../versions/follows-semver.ts";
import { semverOrder } from "./semver-order.ts";

/** How many of a project's newest releases tell whether it follows semver (contract 13.4). */
const SEMVER_WINDOW = 10;

/**
 * The ids of the latest release of each selected project: the highest version where the project follows semver, else the newest
 * (contract 13.4). Two queries whatever the number of projects; projects without an open release have none.
 */
export async function latestReleases(db: Reader, organizationId: number, selected: ProjectReach): Promise<number[]> {
  const { projects, releases, releaseProjects } = db.tables;
  const chosen = and(eq(projects.organizationId, organizationId), withinReach(projects.id, selected));
  const newest = db
    .select({ id: releaseProjects.id })
    .from(releaseProjects)
    .where(and(eq(releaseProjects.projectId, projects.id), eq(releaseProjects.isArchived, false)))
    .orderBy(desc(releaseProjects.dateEffective), desc(releaseProjects.releaseId))
    .limit(SEMVER_WINDOW);
  const rows = await db
    .select({ projectId: projects.id, releaseId: releases.id, major: releases.major })
    .from(projects)
    .innerJoin(releaseProjects, inArray(releaseProjects.id, newest))
    .innerJoin(releases, eq(releases.id, releaseProjects.releaseId))
    .where(chosen)
    .orderBy(projects.id, desc(releaseProjects.dateEffective), desc(releaseProjects.releaseId));
  const byProject = Map.groupBy(rows, (row) => row.projectId);
  const following = [...byProject].filter(([, newestFirst]) => followsSemver(newestFirst.map((row) => row.major !== null)));
  const semver = await highestVersions(
    db,
    organizationId,
    following.map(([projectId]) => projectId),
  );
  return [...byProject].flatMap(([projectId, [first]]) => semver.get(projectId) ?? first?.releaseId ?? []);
}

async function highestVersions(db: Reader, organizationId: number, projectIds: readonly number[]): Promise<Map<number, number>> {
  if (projectIds.length === 0) return new Map();
  const { projects, releases, releaseProjects } = db.tables;
  const linked = db
    .select({ one: sql`1` })
    .from(releaseProjects)
    .where(and(eq(releaseProjects.releaseId, releases.id), eq(releaseProjects.projectId, projects.id)));
  const highest = db
    .select({ id: releases.id })
    .from(releases)
    .where(and(eq(releases.organizationId, organizationId), eq(releases.isArchived, false), isNotNull(releases.major), exists(linked)))
    .orderBy(...semverOrder(db))
    .limit(1);
  const rows = await db
    .select({ projectId: projects.id, releaseId: sql<number | null>`(${highest})`.mapWith(Number) })
    .from(projects)
    .where(inArray(projects.id, [...projectIds]));
  return new Map(rows.flatMap(({ projectId, releaseId }) => (releaseId === null ? [] : [[projectId, releaseId] as const])));
}
