import type { Tx } from "@landfall/db/store";
import { CreateProjectInput, type ProjectView } from "@landfall/schema/organizations/projects";
import { and, asc, eq } from "drizzle-orm";
import { atTeam } from "../../access/at-team.ts";
import { type Access, atOrganization } from "../../access/organization-access.ts";
import { PROJECT_CREATE } from "../../access/scopes.ts";
import { AppError } from "../../kernel/app-error.ts";
import { slugOfName } from "../../kernel/input.ts";
import { mutation } from "../../kernel/operation.ts";
import type { MutationContext } from "../../records/audit.ts";
import { storeProject } from "../../records/projects.ts";
import { ensureDefaultTeam } from "../../records/accounts/teams.ts";
import { describeProject } from "./describe.ts";

/**
 * Creates a project in the caller's first team, else in the organization's default team (contract 11.5).
 *
 * @throws `conflict` if the slug is taken, and `invalid` if the caller could not reach the project.
 */
export const createProject = mutation({
  scope: PROJECT_CREATE,
  at: atOrganization,
  input: CreateProjectInput,
  run: async (on, input) => createProjectInTeam(on, on.at.access, await chooseTeam(on, on.at.access), input),
});

async function chooseTeam(on: MutationContext, access: Access): Promise<number> {
  const own = access.userId === null ? undefined : await firstTeam(on.tx, access.organization.id, access.userId);
  if (own !== undefined) return own;
  if (!access.reachesAllProjects)
    throw new AppError("invalid", "Projects belong to teams, and you are not in a team. Join or create a team first.");
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

/**
 * Creates a project in a team (contract 11.5).
 *
 * @throws `conflict` if the slug is taken.
 */
export const createTeamProject = mutation({
  scope: PROJECT_CREATE,
  at: atTeam,
  input: CreateProjectInput,
  run: (on, input) => createProjectInTeam(on, on.at.access, on.at.team.id, input),
});

/** Creates a project in a team. Throws `conflict` if the slug is taken. */
async function createProjectInTeam(
  on: MutationContext,
  access: Access,
  teamId: number,
  { name, slug, platform, takeFormerSlug }: CreateProjectInput,
): Promise<ProjectView> {
  const draft = {
    organizationId: access.organization.id,
    teamId,
    name,
    slug: slug ?? slugOfName(name),
    platform: platform || null,
    takeFormerSlug,
  };
  const project = await storeProject(on, draft);
  if (!project) throw new AppError("conflict", "A project with this slug already exists.");
  return describeProject(on.tx, access, project);
}
