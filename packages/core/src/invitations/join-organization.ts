import type { InvitationRow, TeamRow, UserRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { SCOPES } from "@landfall/schema/scope";
import { and, eq, isNull } from "drizzle-orm";
import type { Actor } from "../access/actor.ts";
import { type MutationContext, recordAudit } from "../audit/record-audit.ts";
import { ensureDefaultTeam } from "../teams/ensure-default-team.ts";
import { type FoundInvitation, invitationUsed } from "./find-invitation.ts";
import { firstTeam } from "./team-to-join.ts";

type On = Omit<MutationContext, "actor">;

/**
 * Uses an invitation up and makes the person a member as it says, and of its team. Somebody who has become a member meanwhile keeps their
 * role. Throws `conflict` when somebody was faster: of many at once exactly one gets past this.
 */
export async function joinOrganization(
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
  const actor: Actor = { kind: "user", userId, tokenId: null, scopes: new Set(SCOPES) };
  const on = { tx, actor, now, context };
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
