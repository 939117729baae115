import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { TeamRow } from "@landfall/db/tables/schema";
import { instant } from "@landfall/schema/instant";
import type { TeamView } from "@landfall/schema/organizations/teams";
import { SCOPES } from "@landfall/schema/scope";
import { and, asc, count, eq, lte, sql } from "drizzle-orm";
import type { Access } from "../../access/organization-access.ts";
import { preparedWithinReach, reachableProjects, withinReach } from "../../access/project-reach.ts";

/** The maximum number of projects in the description of a team. */
const MAX_PROJECTS = 100;

/** Describes teams with their projects within reach, in the given order (contract 11.4). Always three queries. */
export async function describeTeams(db: Reader, access: Access, rows: readonly TeamRow[]): Promise<TeamView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const counts = new Map((await selectCounts(db, { ids, userId: access.userId ?? 0 })).map((row) => [row.teamId, row]));
  const projects = Map.groupBy(await selectProjects(db, await reachableProjects(db, access), { ids }), (project) => project.teamId);
  return rows.map((row) => {
    const isMember = (counts.get(row.id)?.own ?? 0) > 0;
    return {
      id: String(row.id),
      slug: row.slug,
      name: row.name,
      dateCreated: instant(row.dateCreated),
      isMember,
      teamRole: isMember ? "contributor" : null,
      flags: { "idp:provisioned": false },
      access: SCOPES.filter((scope) => access.scopes.has(scope)),
      hasAccess: isMember || access.reachesAllProjects,
      isPending: false,
      memberCount: counts.get(row.id)?.members ?? 0,
      avatar: { avatarType: "letter_avatar", avatarUuid: null },
      projects: (projects.get(row.id) ?? []).map(({ id, slug, name, platform }) => ({ id: String(id), slug, name, platform })),
    };
  });
}

/** Describes one team. */
export async function describeTeam(db: Reader, access: Access, row: TeamRow): Promise<TeamView> {
  const [view] = await describeTeams(db, access, [row]);
  if (!view) throw new Error("a team was not described");
  return view;
}

const selectCounts = prepared((db: Reader, param: { ids: readonly number[]; userId: number }) => {
  const { teamMembers } = db.tables;
  const own = sql<number>`sum(case when ${teamMembers.userId} = ${sql.param(param.userId, teamMembers.userId)} then 1 else 0 end)`;
  return db
    .select({ teamId: teamMembers.teamId, members: count(), own: own.mapWith(Number) })
    .from(teamMembers)
    .where(anyOf(teamMembers.teamId, param.ids))
    .groupBy(teamMembers.teamId)
    .prepare();
});

const selectProjects = preparedWithinReach((db, reach, param: { ids: readonly number[] }) => {
  const { projects, projectTeams } = db.tables;
  const { teamId } = projectTeams;
  const { id, slug, name, platform } = projects;
  const rank = sql<number>`row_number() over (partition by ${teamId} order by ${slug})`.mapWith(Number).as("rank");
  const ranked = db
    .select({ teamId, id, slug, name, platform, rank })
    .from(projectTeams)
    .innerJoin(projects, eq(id, projectTeams.projectId))
    .where(and(anyOf(teamId, param.ids), withinReach(id, reach)))
    .as("ranked");
  return db.select().from(ranked).where(lte(ranked.rank, MAX_PROJECTS)).orderBy(asc(ranked.teamId), asc(ranked.rank)).prepare();
});
