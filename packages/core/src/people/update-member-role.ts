import { UpdateMemberRoleInput } from "@landfall/schema/inputs/team";
import type { MemberView } from "@landfall/schema/views/organization";
import { and, eq } from "drizzle-orm";
import { forbidden } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { withdrawInvitations } from "../invitations/withdraw-invitations.ts";
import { mutation } from "../operation.ts";
import { atMember } from "./at-member.ts";
import { describeMembers } from "./describe-members.ts";
import { assertAnotherOwner } from "./keep-an-owner.ts";
import { roleRank, callerRank } from "./rank.ts";

/**
 * Gives a member another role; their open invitations that it does not allow are withdrawn. Nobody changes a member who is above them, or makes one: that throws `forbidden`. Throws `conflict` when
 * the organization would be left without an owner, or when another request changes its owners at this moment.
 */
export const updateMemberRole = mutation({
  scope: ["member:write", "member:admin"],
  at: atMember,
  input: UpdateMemberRoleInput,
  run: async (on, { role }): Promise<MemberView> => {
    const { tx, at } = on;
    const { access, member } = at;
    const organizationId = access.organization.id;
    const userId = member.user.id;
    if (roleRank(member.role) > callerRank(access) || roleRank(role) > callerRank(access)) throw forbidden();
    if (member.role === "owner" && role !== "owner") await assertAnotherOwner(tx, organizationId, userId);
    if (role !== member.role) {
      const { members } = tx.tables;
      await tx
        .update(members)
        .set({ role })
        .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)));
      const details = { userId, from: member.role, to: role };
      await recordAudit(on, { organizationId, action: "member.update", target: member.user.email, details });
      await withdrawInvitations(on, organizationId, { invitedBy: userId, role });
    }
    const [view] = await describeMembers(tx, organizationId, [{ ...member, role }], on.now);
    if (!view) throw new Error("a member was not described");
    return view;
  },
});
