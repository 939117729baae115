import type { Tx } from "@landfall/db/store";
import { type MemberView, RemoveMemberInput, UpdateMemberRoleInput } from "@landfall/schema/organizations/teams";
import { and, eq, inArray, ne } from "drizzle-orm";
import * as z from "zod";
import { type Access, openOrganization, OrganizationParams } from "../../access/organization-access.ts";
import { ORGANIZATION_WRITE } from "../../access/scopes.ts";
import { quoted } from "../../access/unknown-names.ts";
import { AppError, forbidden, notFound } from "../../kernel/app-error.ts";
import { readId } from "../../kernel/input.ts";
import { type Locator, mutation } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { withdrawInvitations } from "../../records/accounts/invitations.ts";
import { callerRank, describeMembers, findMember, type MemberRow, roleRank } from "../../records/accounts/members.ts";
import { revokeTokens } from "../../records/accounts/tokens.ts";

/** The path parameters of a member. */
const MemberParams = OrganizationParams.extend({ member: z.string().describe("The user's id.") });

/** For operations on one member. Throws 404 if no member has this id. */
const atMember: Locator<z.output<typeof MemberParams>, AtMember> = {
  params: MemberParams,
  async locate({ db, actor, scope }, { organization, member: id }) {
    const access = await openOrganization(db, actor, organization, scope);
    const member = await findMember(db, access.organization.id, readId(id));
    if (!member) throw notFound(`No member with the id ${quoted(id)} in ${access.organization.slug}.`);
    return { access, member };
  },
};

/**
 * Changes the role of a member and revokes their open invitations that the new role does not allow. Throws `forbidden` if the old or the new role
 * is above the caller's own, and `conflict` if no owner would remain or another request is changing the owners.
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
    if (roleRank(member.role) > callerRank(access) || roleRank(role) > callerRank(access)) throw roleAbove(member);
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

/**
 * Removes a member from the organization and its teams, and revokes their invitations. They stay signed in and keep their personal tokens, which
 * no longer give access to the organization. `revokeTokens` also revokes the organization tokens that they created and may still know; it
 * requires a scope of ORGANIZATION_WRITE. Throws `forbidden` for a member above the caller, `conflict` for the last owner, and 404 for a user
 * who is not a member.
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
    if (roleRank(member.role) > callerRank(access)) throw roleAbove(member);
    if (member.role === "owner") await assertAnotherOwner(tx, organizationId, userId);
    const { members, teamMembers, teams } = tx.tables;
    const removed = await tx
      .delete(members)
      .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId), eq(members.role, member.role)))
      .returning({ userId: members.userId });
    if (removed.length === 0) throw notFound(`${email} is no longer a member, or their role was changed by another request.`);
    const ofOrganization = tx.select({ id: teams.id }).from(teams).where(eq(teams.organizationId, organizationId));
    await tx.delete(teamMembers).where(and(eq(teamMembers.userId, userId), inArray(teamMembers.teamId, ofOrganization)));
    await recordAudit(on, { organizationId, action: "member.remove", target: email, details: { userId, role: member.role } });
    await withdrawInvitations(on, organizationId, { invitedBy: userId, role: null });
    await withdrawInvitations(on, organizationId, { email });
    if (!revokesTokens) return;
    if (!ORGANIZATION_WRITE.some((scope) => access.scopes.has(scope)))
      throw forbidden(`Revoking the organization's tokens requires ${ORGANIZATION_WRITE.join(" or ")}.`);
    const { tokens } = tx.tables;
    await revokeTokens(on, and(eq(tokens.organizationId, organizationId), eq(tokens.createdBy, userId)));
  },
});

/**
 * Throws `conflict` if the organization has no active owner besides this user, and if another request is changing its owners: two owners who step
 * down at the same time must not both still see the other one.
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
  if (!other) throw new AppError("conflict", "An organization needs an owner. Make another member an owner first.");
}

const roleAbove = ({ user: { email } }: MemberRow): AppError =>
  forbidden(`You cannot manage a role above your own. Ask an owner to change the membership of ${email}.`);

type AtMember = { readonly access: Access; readonly member: MemberRow };
