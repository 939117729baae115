import { acceptInvitation } from "@landfall/core/invitations/accept-invitation";
import { createInvitation } from "@landfall/core/invitations/create-invitation";
import { listInvitations } from "@landfall/core/invitations/list-invitations";
import { revokeInvitation } from "@landfall/core/invitations/revoke-invitation";
import { mutationOf, queryOf, router } from "../trpc.ts";

export const invitationsRouter = router({
  list: queryOf(listInvitations),
  create: mutationOf(createInvitation),
  revoke: mutationOf(revokeInvitation),
  accept: mutationOf(acceptInvitation),
});
