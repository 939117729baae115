import { equalTo } from "@landfall/db/equal-to";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { and, eq, sql } from "drizzle-orm";
import type { Access } from "./organization-access.ts";

/** The projects an actor may reach: all of the organization's, or the ones listed. */
export type ProjectReach = { readonly all: true } | { readonly all: false; readonly ids: ReadonlySet<number> };

/** Every project the caller may read and write (contract 3.5, 4.1). */
export async function reachableProjects(db: Reader, access: Access): Promise<ProjectReach> {
  if (access.reachesAllProjects) return { all: true };
  return { all: false, ids: await projectsOf(db, access) };
}

/** The projects a list shows when none are named: those of the person's teams, the webhook's, or all for an actor that owns them all (contract 15.1). */
export async function ownProjects(db: Reader, access: Access): Promise<ProjectReach> {
  if (access.ownsAllProjects) return { all: true };
  return { all: false, ids: await projectsOf(db, access) };
}

/** Whether a project is among the reachable ones. */
export const reaches = (reach: ProjectReach, projectId: number): boolean => reach.all || reach.ids.has(projectId);

/** The projects an actor has where not all are open to it: a webhook its own, a person those of their teams. */
async function projectsOf(db: Reader, access: Access): Promise<ReadonlySet<number>> {
  if (access.projectId !== null) return new Set([access.projectId]);
  if (access.userId === null) return new Set();
  const rows = await selectTeamProjects(db, { userId: access.userId, organizationId: access.organization.id });
  return new Set(rows.map((row) => row.projectId));
}

const selectTeamProjects = prepared((db: Reader) => {
  const { projectTeams, teamMembers, teams } = db.tables;
  return db
    .selectDistinct({ projectId: projectTeams.projectId })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .innerJoin(projectTeams, eq(projectTeams.teamId, teams.id))
    .where(and(equalTo(teamMembers.userId, sql.placeholder("userId")), equalTo(teams.organizationId, sql.placeholder("organizationId"))))
    .prepare();
});
