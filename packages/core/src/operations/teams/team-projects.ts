import type { Reader } from "@landfall/db/store";
import type { ProjectRow } from "@landfall/db/tables/schema";
import { TeamProjectInput, type TeamView } from "@landfall/schema/organizations/teams";
import { and, eq, ne } from "drizzle-orm";
import { findProject } from "../../access/at-project.ts";
import { atTeam } from "../../access/at-team.ts";
import type { Access } from "../../access/organization-access.ts";
import { reachableProjects, reaches } from "../../access/project-reach.ts";
import { PROJECT_WRITE } from "../../access/scopes.ts";
import { AppError, invalidField } from "../../kernel/app-error.ts";
import { mutation } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { describeTeam } from "./describe.ts";

/**
 * Adds a project to a team; it keeps its other teams. Throws `invalid` at `project` for one that is unknown or out of the caller's reach, so that
 * callers cannot give themselves access to a project.
 */
export const addTeamProject = mutation({
  scope: PROJECT_WRITE,
  at: atTeam,
  input: TeamProjectInput,
  run: async (on, input): Promise<TeamView> => {
    const { access, team } = on.at;
    const project = await findReachedProject(on.tx, access, input.project);
    const { projectTeams } = on.tx.tables;
    const link = { projectId: project.id, teamId: team.id };
    const added = await on.tx.insert(projectTeams).values(link).onConflictDoNothing().returning({ teamId: projectTeams.teamId });
    if (added.length > 0) {
      const details = { project: project.slug };
      await recordAudit(on, { organizationId: team.organizationId, action: "team.add_project", target: team.slug, details });
    }
    return describeTeam(on.tx, access, team);
  },
});

/**
 * Removes a project from a team. Does nothing if the team does not have it. Throws `conflict` for the project's last team, since members could not
 * reach it if membership is closed, and `invalid` at `project` for one that is unknown or out of the caller's reach.
 */
export const removeTeamProject = mutation({
  scope: PROJECT_WRITE,
  at: atTeam,
  input: TeamProjectInput,
  run: async (on, input): Promise<TeamView> => {
    const { tx, at } = on;
    const { access, team } = at;
    const project = await findReachedProject(tx, access, input.project);
    const { projectTeams } = tx.tables;
    const isOfProject = eq(projectTeams.projectId, project.id);
    const removed = await tx
      .delete(projectTeams)
      .where(and(isOfProject, eq(projectTeams.teamId, team.id)))
      .returning({ teamId: projectTeams.teamId });
    if (removed.length === 0) return describeTeam(tx, access, team);
    if ((await tx.$count(projectTeams, and(isOfProject, ne(projectTeams.teamId, team.id)))) === 0) {
      const message = `"${team.slug}" is the only team of the project "${project.slug}". Add the project to another team first.`;
      throw new AppError("conflict", message);
    }
    const details = { project: project.slug };
    await recordAudit(on, { organizationId: team.organizationId, action: "team.remove_project", target: team.slug, details });
    return describeTeam(tx, access, team);
  },
});

/** Finds a project by slug or id. Throws `invalid` at `project` for one that is unknown or out of the caller's reach. */
async function findReachedProject(db: Reader, access: Access, name: string): Promise<ProjectRow> {
  const project = await findProject(db, access, name);
  if (project && reaches(await reachableProjects(db, access), project.id)) return project;
  throw invalidField("project", `There is no project "${name}" that you have access to.`);
}
