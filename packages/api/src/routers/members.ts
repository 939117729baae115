import { listMembers } from "@landfall/core/people/list-members";
import { updateMemberRole } from "@landfall/core/people/update-member-role";
import { mutationOf, queryOf, router } from "../trpc.ts";

export const membersRouter = router({ list: queryOf(listMembers), updateRole: mutationOf(updateMemberRole) });
