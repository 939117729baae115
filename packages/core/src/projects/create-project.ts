import type { Tx } from "@landfall/db/store";
import { CreateProjectInput } from "@landfall/schema/inputs/project";
import { and, asc, eq } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import type { Access } from "../access/organization-access.ts";
import { AppError } from "../app-error.ts";
import { mutation } from "../operation.ts";
import { ensureDefaultTeam } from "../teams/ensure-default-team.ts";
import { createProjectInTeam } from "./make-project.ts";
import { PROJECT_CREATE } from "./project-scopes.ts";

/**
 * Makes a project in the first team the caller is in, else in the organization's default team (contract 11.5). Throws `conflict` for a
 * slug that is taken, and `invalid` when the caller could not reach the project afterwards.
 */
export const createProject = mutation({
  scope: PROJECT_CREATE,
  at: atOrganization,
  input: CreateProjectInput,
  run: async (on, input) => createProjectInTeam(on, on.at.access, await chooseTeam(on, on.at.access), input),
});

async function chooseTeam(on: Parameters<typeof ensureDefaultTeam>[0], access: Access): Promise<number> {
  const own = access.userId === null ? undefined : await firstTeam(on.tx, access.organization.id, access.userId);
  if (own !== undefined) return own;
  if (!access.reachesAllProjects)
    throw new AppError("invalid", "Projects belong to teams, and you are in none. Join or create a team first.");
  return (await ensureDefaultTeam(on, access.organization)).team.id;
}

async function firstTeam(tx: Tx, organizationId: number, userId: number): Promise<number | undefined> {
  const { teams, teamMembers } = tx.tables;
  const [team] = await tx
    .select({ id: teams.id })
    .from(teams)
    .innerJoin(teamMembers, and(eq(teamMembers.teamId, teams.id), eq(teamMembers.userId, userId)))
    .where(eq(teams.organizationId, organizationId))
    .orderBy(asc(teams.id))
    .limit(1);
  return team?.id;
}
