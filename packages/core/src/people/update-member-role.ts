import type { Tx } from "@landfall/db/store";
import { UpdateMemberRoleInput } from "@landfall/schema/inputs/team";
import { ROLES } from "@landfall/schema/scope";
import type { MemberView } from "@landfall/schema/views/organization";
import { and, eq, ne } from "drizzle-orm";
import type { Access } from "../access/organization-access.ts";
import { AppError, forbidden } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { atMember } from "./at-member.ts";
import { describeMembers } from "./describe-members.ts";

/**
 * Gives a member another role. Nobody changes a member who is above them, or makes one: that throws `forbidden`. Throws `conflict` when
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
    if (rank(member.role) > rankOf(access) || rank(role) > rankOf(access)) throw forbidden();
    if (member.role === "owner" && role !== "owner") await keepAnOwner(tx, organizationId, userId);
    if (role !== member.role) {
      const { members } = tx.tables;
      await tx
        .update(members)
        .set({ role })
        .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)));
      const details = { userId, from: member.role, to: role };
      await recordAudit(on, { organizationId, action: "member.update", target: member.user.email, details });
    }
    const [view] = await describeMembers(tx, organizationId, [{ ...member, role }]);
    if (!view) throw new Error("a member was not described");
    return view;
  },
});

const rank = (role: string): number => ROLES.findIndex((one) => one === role);

/** The server itself stands above every role, a token of the organization below all of them. */
function rankOf({ role, scopes, userId }: Access): number {
  if (role !== null) return rank(role);
  return userId === null && scopes.has("org:admin") ? ROLES.length : -1;
}

/** Two owners who step down at the same time must not both see the other one still there. */
async function keepAnOwner(tx: Tx, organizationId: number, userId: number): Promise<void> {
  if (!(await tx.tryLock(`owners:${organizationId}`)))
    throw new AppError("conflict", "The organization's owners are being changed. Try again.");
  const { members, users } = tx.tables;
  const [other] = await tx
    .select({ userId: members.userId })
    .from(members)
    .innerJoin(users, and(eq(users.id, members.userId), eq(users.isActive, true)))
    .where(and(eq(members.organizationId, organizationId), eq(members.role, "owner"), ne(members.userId, userId)))
    .limit(1);
  if (!other) throw new AppError("conflict", "An organization needs an owner. Make somebody else an owner first.");
}
