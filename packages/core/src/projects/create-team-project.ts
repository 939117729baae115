import { CreateProjectInput } from "@landfall/schema/inputs/project";
import { mutation } from "../operation.ts";
import { atTeam } from "../teams/at-team.ts";
import { createProjectInTeam } from "./make-project.ts";
import { PROJECT_CREATE } from "./project-scopes.ts";

/** Makes a project in the team named (contract 11.5). Throws `conflict` for a slug that is taken. */
export const createTeamProject = mutation({
  scope: PROJECT_CREATE,
  at: atTeam,
  input: CreateProjectInput,
  run: (on, input) => createProjectInTeam(on, on.at.access, on.at.team.id, input),
});
