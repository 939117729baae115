import type { Tx } from "@landfall/db/store";
import { CreateInvitationInput } from "@landfall/schema/inputs/invitation";
import type { NewInvitationView } from "@landfall/schema/views/invitation";
import { and, eq } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { AppError, invalidField } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { roleRank, callerRank } from "../people/rank.ts";
import { hashToken } from "../tokens/hash-token.ts";
import { describeInvitationDetails, selectInvitations } from "./describe-invitations.ts";
import { MEMBERS_INVITE } from "./invitation-scopes.ts";
import { teamToJoin } from "./team-to-join.ts";
import { withdrawInvitations } from "./withdraw-invitations.ts";

const SECRET_BYTES = 32;

/** How long an invitation can be used: seven days, in milliseconds. */
const LIFETIME = 7 * 24 * 60 * 60 * 1000;

/**
 * Invites whoever has an address, and answers the link once; no mail is sent. An earlier invitation of the address stops working. Throws
 * `forbidden` for a role above the caller's own, and `invalid` at `email` for a member, at `team` for a team the caller cannot add to.
 */
export const createInvitation = mutation({
  scope: MEMBERS_INVITE,
  at: atOrganization,
  input: CreateInvitationInput,
  run: async (on, { email: given, role, team: name }): Promise<NewInvitationView> => {
    const { tx, at, now, context } = on;
    const organizationId = at.access.organization.id;
    if (roleRank(role) > callerRank(at.access))
      throw new AppError("forbidden", `You cannot invite anybody as ${role}: that is above your own role.`);
    const email = given.toLowerCase();
    await assertNoMember(tx, organizationId, email);
    const team = await teamToJoin(tx, at.access, name);
    await withdrawInvitations(on, organizationId, { email });
    const secret = context.randomHex(SECRET_BYTES);
    const { invitations } = tx.tables;
    const [made] = await tx
      .insert(invitations)
      .values({
        organizationId,
        email,
        role,
        tokenHash: hashToken(secret),
        teamId: name && team ? team.id : null,
        invitedBy: at.access.userId,
        dateCreated: now,
        dateExpires: new Date(now.getTime() + LIFETIME),
      })
      .returning({ id: invitations.id });
    const [facts] = made ? await selectInvitations(tx).where(eq(invitations.id, made.id)) : [];
    if (!facts) throw new Error("an invitation was not stored");
    const { id, dateExpires } = facts.invitation;
    const details = { id, role, team: facts.team, dateExpires };
    await recordAudit(on, { organizationId, action: "invitation.create", target: email, details });
    return { ...describeInvitationDetails(facts, now), url: `${context.origin}/invite/${secret}` };
  },
});

async function assertNoMember(tx: Tx, organizationId: number, email: string): Promise<void> {
  const { members, userEmails } = tx.tables;
  const [member] = await tx
    .select({ userId: members.userId })
    .from(userEmails)
    .innerJoin(members, and(eq(members.userId, userEmails.userId), eq(members.organizationId, organizationId)))
    .where(eq(userEmails.email, email));
  if (member) throw invalidField("email", `${email} is a member already.`);
}
