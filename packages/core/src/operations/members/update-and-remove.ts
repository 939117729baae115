import type { Tx } from "@landfall/db/store";
import { type MemberView, RemoveMemberInput, UpdateMemberRoleInput } from "@landfall/schema/organizations/teams";
import { and, eq, inArray, ne } from "drizzle-orm";
import * as z from "zod";
import { type Access, openOrganization, OrganizationParams } from "../../access/organization-access.ts";
import { AppError, forbidden, notFound } from "../../kernel/app-error.ts";
import { readId } from "../../kernel/input.ts";
import { type Locator, mutation } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { withdrawInvitations } from "../../records/invitations.ts";
import { callerRank, describeMembers, findMember, type MemberRow, roleRank } from "../../records/members.ts";
import { revokeTokens } from "../../records/tokens.ts";

/** The parameters that name a member of an organization. */
const MemberParams = OrganizationParams.extend({ member: z.string().describe("The person's id.") });

/** An operation about one member. 404 when no member has this id. */
const atMember: Locator<z.output<typeof MemberParams>, AtMember> = {
  params: MemberParams,
  async locate({ db, actor, scope }, { organization, member: id }) {
    const access = await openOrganization(db, actor, organization, scope);
    const member = await findMember(db, access.organization.id, readId(id));
    if (!member) throw notFound();
    return { access, member };
  },
};

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

/**
 * Sees to it that an organization has an owner besides this person. Throws `conflict` when it has none, and when another request changes
 * its owners at this moment: two owners who step down at the same time must not both see the other one still there.
 */
async function assertAnotherOwner(tx: Tx, organizationId: number, userId: number): Promise<void> {
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

type AtMember = { readonly access: Access; readonly member: MemberRow };
