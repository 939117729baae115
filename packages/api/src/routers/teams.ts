import { addTeamMember } from "@landfall/core/teams/add-team-member";
import { addTeamProject } from "@landfall/core/teams/add-team-project";
import { createTeam } from "@landfall/core/teams/create-team";
import { getTeam } from "@landfall/core/teams/get-team";
import { listTeams } from "@landfall/core/teams/list-teams";
import { removeTeamMember } from "@landfall/core/teams/remove-team-member";
import { removeTeamProject } from "@landfall/core/teams/remove-team-project";
import { mutationOf, queryOf, router } from "../trpc.ts";

export const teamsRouter = router({
  list: queryOf(listTeams),
  get: queryOf(getTeam),
  create: mutationOf(createTeam),
  addMember: mutationOf(addTeamMember),
  removeMember: mutationOf(removeTeamMember),
  addProject: mutationOf(addTeamProject),
  removeProject: mutationOf(removeTeamProject),
});
