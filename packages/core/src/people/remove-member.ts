import { Nothing } from "@landfall/schema/inputs/nothing";
import { and, eq, inArray } from "drizzle-orm";
import { forbidden, notFound } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { withdrawInvitations } from "../invitations/withdraw-invitations.ts";
import { mutation } from "../operation.ts";
import { atMember } from "./at-member.ts";
import { keepAnOwner } from "./keep-an-owner.ts";
import { rank, rankOf } from "./rank.ts";

/**
 * Takes somebody out of the organization and its teams, and withdraws their invitations. They stay signed in and keep their own tokens,
 * which open nothing here any more. Nobody removes a member who is above them: that throws `forbidden`. Throws `conflict` for the last
 * owner, 404 for somebody who is no member.
 */
export const removeMember = mutation({
  scope: ["member:admin"],
  at: atMember,
  input: Nothing,
  run: async (on): Promise<void> => {
    const { tx, at } = on;
    const { access, member } = at;
    const organizationId = access.organization.id;
    const { id: userId, email } = member.user;
    if (rank(member.role) > rankOf(access)) throw forbidden();
    if (member.role === "owner") await keepAnOwner(tx, organizationId, userId);
    const { members, teamMembers, teams } = tx.tables;
    const gone = await tx
      .delete(members)
      .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId), eq(members.role, member.role)))
      .returning({ userId: members.userId });
    if (gone.length === 0) throw notFound();
    const ofOrganization = tx.select({ id: teams.id }).from(teams).where(eq(teams.organizationId, organizationId));
    await tx.delete(teamMembers).where(and(eq(teamMembers.userId, userId), inArray(teamMembers.teamId, ofOrganization)));
    await recordAudit(on, { organizationId, action: "member.remove", target: email, details: { userId, role: member.role } });
    await withdrawInvitations(on, organizationId, { invitedBy: userId, role: null });
    await withdrawInvitations(on, organizationId, { email });
  },
});
