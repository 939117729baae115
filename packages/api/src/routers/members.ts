import { listMembers } from "@landfall/core/people/list-members";
import { removeMember } from "@landfall/core/people/remove-member";
import { updateMemberRole } from "@landfall/core/people/update-member-role";
import { mutationOf, queryOf, router } from "../trpc.ts";

export const membersRouter = router({
  list: queryOf(listMembers),
  updateRole: mutationOf(updateMemberRole),
  remove: mutationOf(removeMember),
});
