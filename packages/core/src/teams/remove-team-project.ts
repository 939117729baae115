import { TeamProjectInput } from "@landfall/schema/inputs/team";
import type { TeamView } from "@landfall/schema/views/organization";
import { and, eq, ne } from "drizzle-orm";
import { AppError } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { PROJECT_WRITE } from "../projects/project-scopes.ts";
import { atTeam } from "./at-team.ts";
import { describeTeam } from "./describe-teams.ts";
import { findReachedProject } from "./find-reached-project.ts";

/**
 * Takes a project from a team; nothing changes when the team has not got it. Throws `conflict` for its last team: where membership is
 * closed nobody would reach it, and `invalid` at `project` for one that is unknown or out of the caller's reach.
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
    const mine = eq(projectTeams.projectId, project.id);
    const removed = await tx
      .delete(projectTeams)
      .where(and(mine, eq(projectTeams.teamId, team.id)))
      .returning({ teamId: projectTeams.teamId });
    if (removed.length === 0) return describeTeam(tx, access, team);
    if ((await tx.$count(projectTeams, and(mine, ne(projectTeams.teamId, team.id)))) === 0) {
      const why = `"${team.slug}" is the only team of the project "${project.slug}". Give it to another team first.`;
      throw new AppError("conflict", why);
    }
    const details = { project: project.slug };
    await recordAudit(on, { organizationId: team.organizationId, action: "team.remove_project", target: team.slug, details });
    return describeTeam(tx, access, team);
  },
});
