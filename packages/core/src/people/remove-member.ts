import { RemoveMemberInput } from "@landfall/schema/inputs/team";
import { and, eq, inArray } from "drizzle-orm";
import { forbidden, notFound } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { withdrawInvitations } from "../invitations/withdraw-invitations.ts";
import { mutation } from "../operation.ts";
import { revokeTokens } from "../tokens/revoke-tokens.ts";
import { atMember } from "./at-member.ts";
import { assertAnotherOwner } from "./keep-an-owner.ts";
import { roleRank, callerRank } from "./rank.ts";

/** Revoking the organization's tokens needs one of these besides. */
const TOKEN_SCOPES = ["org:write", "org:admin"] as const;

/**
 * Removes a member from the organization and its teams, and withdraws their invitations. They stay signed in and keep their own tokens,
 * which open nothing here any more. `revokeTokens` also revokes the organization's tokens that they created and may still know. Throws
 * `forbidden` for a member above the caller, `conflict` for the last owner, and 404 for somebody who is not a member.
 */
export const removeMember = mutation({
  scope: ["member:admin"],
  at: atMember,
  input: RemoveMemberInput,
  run: async (on, { revokeTokens: revokesTokens = false }): Promise<void> => {
    const { tx, at } = on;
    const { access, member } = at;
    const organizationId = access.organization.id;
    const { id: userId, email } = member.user;
    if (roleRank(member.role) > callerRank(access)) throw forbidden();
    if (member.role === "owner") await assertAnotherOwner(tx, organizationId, userId);
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
    if (!revokesTokens) return;
    if (!TOKEN_SCOPES.some((scope) => access.scopes.has(scope))) throw forbidden();
    const { tokens } = tx.tables;
    await revokeTokens(on, and(eq(tokens.organizationId, organizationId), eq(tokens.createdBy, userId)));
  },
});
