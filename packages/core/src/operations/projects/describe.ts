import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ProjectRow } from "@landfall/db/tables/schema";
import { instant } from "@landfall/schema/instant";
import type { ProjectView } from "@landfall/schema/organizations/projects";
import { and, asc, desc, eq, lte, sql } from "drizzle-orm";
import type { Access } from "../../access/organization-access.ts";

/** Environments that are returned with each project. */
const MAX_ENVIRONMENTS = 100;

/** Returns projects as the API returns them, in the given order (contract 11.3). At most three queries. */
export async function describeProjects(db: Reader, { organization, userId }: Access, rows: readonly ProjectRow[]): Promise<ProjectView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const teams = Map.groupBy(await selectTeams(db, { ids, userId: userId ?? 0 }), (team) => team.projectId);
  const environments = Map.groupBy(await selectEnvironments(db, { ids }), (environment) => environment.projectId);
  const latest = await findLatestReleases(db, ids);
  return rows.map((row) => {
    const projectTeams = teams.get(row.id) ?? [];
    const listed = projectTeams.map(({ id, slug, name }) => ({ id: String(id), slug, name }));
    const version = latest.get(row.id);
    return {
      id: String(row.id),
      slug: row.slug,
      name: row.name,
      platform: row.platform,
      platforms: row.platform === null ? [] : [row.platform],
      dateCreated: instant(row.dateCreated),
      status: "active",
      isMember: projectTeams.some((team) => team.member !== null),
      hasAccess: true,
      isBookmarked: false,
      firstEvent: null,
      features: [],
      team: listed[0] ?? null,
      teams: listed,
      environments: (environments.get(row.id) ?? []).map(({ name }) => name),
      latestRelease: version === undefined ? null : { version },
      organization: { id: String(organization.id), slug: organization.slug, name: organization.name },
    };
  });
}

/** Returns one project as the API returns it. */
export async function describeProject(db: Reader, access: Access, row: ProjectRow): Promise<ProjectView> {
  const [view] = await describeProjects(db, access, [row]);
  if (!view) throw new Error("the project was not described");
  return view;
}

const selectTeams = prepared((db: Reader, param: { ids: readonly number[]; userId: number }) => {
  const { projectTeams, teams, teamMembers } = db.tables;
  return db
    .select({ projectId: projectTeams.projectId, id: teams.id, slug: teams.slug, name: teams.name, member: teamMembers.userId })
    .from(projectTeams)
    .innerJoin(teams, eq(teams.id, projectTeams.teamId))
    .leftJoin(teamMembers, and(eq(teamMembers.teamId, teams.id), eq(teamMembers.userId, param.userId)))
    .where(anyOf(projectTeams.projectId, param.ids))
    .orderBy(asc(teams.slug))
    .prepare();
});

const selectEnvironments = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { environments, environmentProjects } = db.tables;
  const { projectId } = environmentProjects;
  const ranked = db
    .select({
      projectId,
      name: environments.name,
      rank: sql<number>`row_number() over (partition by ${projectId} order by ${environments.name})`.mapWith(Number).as("rank"),
    })
    .from(environmentProjects)
    .innerJoin(environments, eq(environments.id, environmentProjects.environmentId))
    .where(anyOf(projectId, param.ids))
    .as("ranked");
  return db
    .select({ projectId: ranked.projectId, name: ranked.name })
    .from(ranked)
    .where(lte(ranked.rank, MAX_ENVIRONMENTS))
    .orderBy(asc(ranked.projectId), asc(ranked.rank))
    .prepare();
});

/**
 * The version of each project's newest open release, the last released (else created) one. One step along an index for each project,
 * however many releases it has.
 */
async function findLatestReleases(db: Reader, projectIds: readonly number[]): Promise<Map<number, string>> {
  const rows = await selectLatest(db, { ids: projectIds });
  return new Map(rows.map(({ projectId, version }) => [projectId, version]));
}

const selectLatest = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { projects, releases, releaseProjects } = db.tables;
  const newest = db
    .select({ id: releaseProjects.releaseId })
    .from(releaseProjects)
    .where(and(eq(releaseProjects.projectId, projects.id), eq(releaseProjects.isArchived, false)))
    .orderBy(desc(releaseProjects.dateEffective), desc(releaseProjects.releaseId))
    .limit(1);
  return db
    .select({ projectId: projects.id, version: releases.version })
    .from(projects)
    .innerJoin(releases, eq(releases.id, sql`${newest}`))
    .where(anyOf(projects.id, param.ids))
    .prepare();
});
