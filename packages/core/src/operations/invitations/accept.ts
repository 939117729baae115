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
import { and, eq, isNull, or } from "drizzle-orm";
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
import { findInvitation, findUsableInvitation, type FoundInvitation, invitationState, invitationUsed } from "../../records/invitations.ts";
import { ensureDefaultTeam, firstTeam } from "../../records/teams.ts";
import { createUser, describeUser, findByEmail, findUser } from "../../records/users.ts";

/**
 * Makes the caller a member of the organization that invited them. Throws 403 unless they are signed in and the invitation is for an
 * address of theirs, `not_found` for an unknown secret, and `conflict` for an invitation that is over.
 */
export const acceptInvitation = mutation({
  scope: SCOPES,
  at: atSignedIn,
  input: AcceptInvitationInput,
  run: async (on, { secret }): Promise<JoinedView> => {
    const { tx, at, now } = on;
    const found = await findUsableInvitation(tx, secret, now);
    const { email } = found.invitation;
    if (!(await isAddressOf(tx, at.userId, email)))
      throw new AppError("forbidden", `This invitation is for ${email}, which is not your address. Sign in with that one.`);
    await joinOrganization(on, found, { id: at.userId, email });
    const { slug, name } = found.organization;
    return { organization: { slug, name } };
  },
});

/** Any address of a person will do that is known to be theirs. */
async function isAddressOf(tx: Tx, userId: number, email: string): Promise<boolean> {
  const { users, userEmails } = tx.tables;
  const [found] = await tx
    .select({ userId: users.id })
    .from(userEmails)
    .innerJoin(users, eq(users.id, userEmails.userId))
    .where(and(eq(users.id, userId), eq(userEmails.email, email), or(eq(userEmails.isVerified, true), eq(users.email, email))));
  return found !== undefined;
}

/**
 * Creates an account for the invited address, with a password of their choice, and makes it a member. Not an operation: the link is the
 * permission. The address stays unverified: only the inviter named it. Throws `not_found` for an unknown secret, `conflict` for an
 * invitation that is over, `invalid` per field, and `conflict` with reason `has_account` if an account has the address: its owner
 * accepts the invitation signed in.
 */
export async function redeemInvitation(context: Context, given: z.input<typeof UseInvitationInput>): Promise<InvitedView> {
  const { secret, password, name } = parseInput(UseInvitationInput, given);
  // Hashing a password is expensive: only a working invitation gets that far.
  const { invitation } = await findInvitationForNewAccount(context.store.read, secret, context.now());
  assertStrongPassword("password", password, invitation.email);
  const passwordHash = await hashPassword(password);
  return context.store.transaction(async (tx) => {
    const on = { tx, actor: SYSTEM_ACTOR, now: context.now(), context };
    const found = await findInvitationForNewAccount(tx, secret, on.now);
    const { email } = found.invitation;
    const user = await createUser(on, { username: email, email, name: name || email, passwordHash, isVerified: false });
    await joinOrganization(on, found, user);
    const person = await findUser(tx, user.id);
    if (!person) throw new Error("a user that was made could not be read");
    const { slug, name: organizationName } = found.organization;
    return { organization: { slug, name: organizationName }, user: describeUser(person) };
  });
}

async function findInvitationForNewAccount(db: Reader, secret: string, now: Date): Promise<FoundInvitation> {
  const found = await findUsableInvitation(db, secret, now);
  const { email } = found.invitation;
  if (await findByEmail(db, email)) {
    const message = `Somebody with the address ${email} has an account here. Sign in with it, and open the invitation again.`;
    throw new AppError("conflict", message, { reason: "has_account" });
  }
  return found;
}

type On = Omit<MutationContext, "actor">;

/**
 * Uses an invitation up and makes the person a member as it says, and of its team. Somebody who has become a member meanwhile keeps their
 * role. Throws `conflict` when somebody was faster: of many at once exactly one gets past this.
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

/**
 * What whoever holds an invitation's link is told of it, for the page it leads to. Not an operation: the link is the permission. Changes
 * nothing and never throws for a secret that is none.
 */
export async function describeInvitationLink(db: Reader, secret: string, now: Date): Promise<InvitationLinkView> {
  const found = await findInvitation(db, secret);
  if (!found) return { state: "unknown" };
  const { invitation, organization } = found;
  const { email, role, dateExpires } = invitation;
  return {
    state: invitationState(invitation, now),
    organization: { slug: organization.slug, name: organization.name },
    email,
    role,
    dateExpires: instant(dateExpires),
    hasAccount: (await findByEmail(db, email)) !== undefined,
  };
}
