import type { InvitationRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { instant } from "@landfall/schema/instant";
import type { InvitationView } from "@landfall/schema/views/invitation";
import { eq } from "drizzle-orm";

/** An invitation, with who made it and the team it leads to. */
export type InvitationDetails = {
  readonly invitation: InvitationRow;
  readonly inviter: { readonly id: number; readonly name: string; readonly email: string } | null;
  readonly team: string | null;
};

/** Invitations with their facts; conditions, order and window are the caller's. */
export function selectInvitations(db: Reader) {
  const { invitations, users, teams } = db.tables;
  return db
    .select({ invitation: invitations, inviter: { id: users.id, name: users.name, email: users.email }, team: teams.slug })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .leftJoin(teams, eq(teams.id, invitations.teamId));
}

/** An invitation that was not used, as those who manage members see it. */
export const describeInvitationDetails = ({ invitation, inviter, team }: InvitationDetails, now: Date): InvitationView => ({
  id: String(invitation.id),
  email: invitation.email,
  role: invitation.role,
  team,
  invitedBy: inviter && { ...inviter, id: String(inviter.id) },
  state: invitation.dateExpires <= now ? "expired" : "unused",
  dateCreated: instant(invitation.dateCreated),
  dateExpires: instant(invitation.dateExpires),
});
