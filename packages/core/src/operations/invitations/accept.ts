import type { Reader, Tx } from "@landfall/db/store";
import type { InvitationRow, TeamRow, UserRow } from "@landfall/db/tables/schema";
import { instant } from "@landfall/schema/instant";
import {
  AcceptInvitationInput,
  type InvitationLinkView,
  type InvitedView,
  type JoinedView,
  UseInvitationInput,
} from "@landfall/schema/organizations/invitations";
import { SCOPES } from "@landfall/schema/scope";
import { and, eq, isNull } from "drizzle-orm";
import type * as z from "zod";
import { atSignedIn } from "../../access/authenticate-session.ts";
import { hashPassword } from "../../access/password-hash.ts";
import { assertStrongPassword } from "../../access/password-strength.ts";
import { SYSTEM_ACTOR, userActor } from "../../kernel/actor.ts";
import { AppError } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { parseInput } from "../../kernel/input.ts";
import { mutation } from "../../kernel/operation.ts";
import { type MutationContext, recordAudit } from "../../records/audit.ts";
import { findInvitation, findUsableInvitation, type FoundInvitation, invitationUsed } from "../../records/accounts/invitations.ts";
import { linkState } from "../../records/accounts/one-time-links.ts";
import { ensureDefaultTeam, firstTeam } from "../../records/accounts/teams.ts";
import { createUser, describeUser, findByEmail, findUser, hasTrustedEmail } from "../../records/users.ts";

/**
 * Accepts an invitation for the caller, who becomes a member of the organization. Throws 403 unless they are signed in and the invitation is for
 * a trusted email address of theirs, `not_found` for an unknown secret, and `conflict` for a used or expired invitation.
 */
export const acceptInvitation = mutation({
  scope: SCOPES,
  at: atSignedIn,
  input: AcceptInvitationInput,
  run: async (on, { secret }): Promise<JoinedView> => {
    const { tx, at, now } = on;
    const found = await findUsableInvitation(tx, secret, now);
    const { email } = found.invitation;
    if (!(await hasUserTrustedEmail(tx, at.userId, email)))
      throw new AppError("forbidden", `This invitation is for ${email}, which is not your email address. Sign in with that address.`);
    await joinOrganization(on, found, { id: at.userId, email });
    const { slug, name } = found.organization;
    return { organization: { slug, name } };
  },
});

async function hasUserTrustedEmail(tx: Tx, userId: number, email: string): Promise<boolean> {
  const { users, userEmails } = tx.tables;
  const [found] = await tx
    .select({ userId: users.id })
    .from(userEmails)
    .innerJoin(users, eq(users.id, userEmails.userId))
    .where(and(eq(users.id, userId), hasTrustedEmail(tx.tables, email)));
  return found !== undefined;
}

/**
 * Creates an account for the invited email address and makes it a member. The address stays unverified, since only the inviter entered it. Not
 * an operation: the link is the permission. Throws `not_found` for an unknown secret, `conflict` for a used or expired invitation, `invalid` per
 * field, and `conflict` with reason `has_account` if an account has the address: its owner has to sign in and accept the invitation.
 */
export async function redeemInvitation(context: Context, input: z.input<typeof UseInvitationInput>): Promise<InvitedView> {
  const { secret, password, name } = parseInput(UseInvitationInput, input);
  // Hashing a password is expensive, so the invitation is checked first.
  const { invitation } = await findInvitationForNewAccount(context.store.read, secret, context.now());
  assertStrongPassword("password", password, invitation.email);
  const passwordHash = await hashPassword(password);
  return context.store.transaction(async (tx) => {
    const on = { tx, actor: SYSTEM_ACTOR, now: context.now(), context };
    const found = await findInvitationForNewAccount(tx, secret, on.now);
    const { email } = found.invitation;
    const user = await createUser(on, { username: email, email, name: name || email, passwordHash, isVerified: false });
    await joinOrganization(on, found, user);
    const created = await findUser(tx, user.id);
    if (!created) throw new Error("a new user was not found");
    const { slug, name: organizationName } = found.organization;
    return { organization: { slug, name: organizationName }, user: describeUser(created) };
  });
}

async function findInvitationForNewAccount(db: Reader, secret: string, now: Date): Promise<FoundInvitation> {
  const found = await findUsableInvitation(db, secret, now);
  const { email } = found.invitation;
  if (await findByEmail(db, email)) {
    const message = `An account with the email address ${email} already exists. Sign in with it, and open the invitation again.`;
    throw new AppError("conflict", message, { reason: "has_account" });
  }
  return found;
}

type On = Omit<MutationContext, "actor">;

/**
 * Marks an invitation as used and makes the user a member with its role, and of its team. A user who is already a member keeps their role.
 * Throws `conflict` if another request has used the invitation: of concurrent requests exactly one succeeds.
 */
async function joinOrganization(
  { tx, now, context }: On,
  { invitation, organization }: FoundInvitation,
  { id: userId, email }: Pick<UserRow, "id" | "email">,
): Promise<void> {
  await markUsed(tx, invitation, now);
  const { members, teamMembers } = tx.tables;
  const { id, organizationId, role } = invitation;
  const joined = await tx
    .insert(members)
    .values({ organizationId, userId, role, dateCreated: now })
    .onConflictDoNothing()
    .returning({ userId: members.userId });
  if (joined.length === 0) return;
  const on = { tx, actor: userActor(userId), now, context };
  const team = (await teamOfInvitation(tx, invitation)) ?? (await ensureDefaultTeam(on, organization)).team;
  await tx.insert(teamMembers).values({ teamId: team.id, userId }).onConflictDoNothing();
  const details = { userId, role, team: team.slug, invitation: id };
  await recordAudit(on, { organizationId, action: "member.join", target: email, details });
}

async function markUsed(tx: Tx, { id }: InvitationRow, now: Date): Promise<void> {
  const { invitations } = tx.tables;
  const used = await tx
    .update(invitations)
    .set({ dateUsed: now })
    .where(and(eq(invitations.id, id), isNull(invitations.dateUsed)))
    .returning({ id: invitations.id });
  if (used.length === 0) throw invitationUsed();
}

async function teamOfInvitation(tx: Tx, { teamId, organizationId }: InvitationRow): Promise<TeamRow | undefined> {
  if (teamId === null) return firstTeam(tx, organizationId);
  const { teams } = tx.tables;
  const [team] = await tx.select().from(teams).where(eq(teams.id, teamId));
  return team;
}

/** Describes an invitation for the page of its link. Not an operation: the link is the permission. Does not throw for an unknown secret. */
export async function describeInvitationLink(db: Reader, secret: string, now: Date): Promise<InvitationLinkView> {
  const found = await findInvitation(db, secret);
  if (!found) return { state: "unknown" };
  const { invitation, organization } = found;
  const { email, role, dateExpires } = invitation;
  return {
    state: linkState(invitation, now),
    organization: { slug: organization.slug, name: organization.name },
    email,
    role,
    dateExpires: instant(dateExpires),
    hasAccount: (await findByEmail(db, email)) !== undefined,
  };
}
