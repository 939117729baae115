import { TeamProjectInput } from "@landfall/schema/inputs/team";
import type { TeamView } from "@landfall/schema/views/organization";
import { recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { PROJECT_WRITE } from "../projects/project-scopes.ts";
import { atTeam } from "./at-team.ts";
import { describeTeam } from "./describe-teams.ts";
import { findReachedProject } from "./find-reached-project.ts";

/**
 * Gives a project to a team, besides those that have it; again, nothing changes. Throws `invalid` at `project` for one that is unknown or
 * out of the caller's reach: nobody lets themselves into a project.
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
