import { addTeamMember } from "@landfall/core/teams/add-team-member";
import { createTeam } from "@landfall/core/teams/create-team";
import { listTeams } from "@landfall/core/teams/list-teams";
import { removeTeamMember } from "@landfall/core/teams/remove-team-member";
import { mutationOf, queryOf, router } from "../trpc.ts";

export const teamsRouter = router({
  list: queryOf(listTeams),
  create: mutationOf(createTeam),
  addMember: mutationOf(addTeamMember),
  removeMember: mutationOf(removeTeamMember),
});
