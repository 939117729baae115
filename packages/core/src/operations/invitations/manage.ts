import type { Reader, Tx } from "@landfall/db/store";
import type { InvitationRow } from "@landfall/db/tables/schema";
import { NoInput } from "@landfall/schema/fields/query";
import { instant } from "@landfall/schema/instant";
import {
  CreateInvitationInput,
  type InvitationView,
  ListInvitationsInput,
  type NewInvitationView,
} from "@landfall/schema/organizations/invitations";
import type { Page } from "@landfall/schema/page";
import { and, desc, eq, isNull } from "drizzle-orm";
import * as z from "zod";
import { type Access, atOrganization, openOrganization, OrganizationParams } from "../../access/organization-access.ts";
import { MEMBERS_INVITE } from "../../access/scopes.ts";
import { hashToken } from "../../access/token-text.ts";
import { AppError, invalidField, notFound } from "../../kernel/app-error.ts";
import { readId } from "../../kernel/input.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { type Locator, mutation, query } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { withdrawInvitations } from "../../records/invitations.ts";
import { callerRank, roleRank } from "../../records/members.ts";
import { teamToJoin } from "../../records/teams.ts";

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

/** The organization's invitations that were not used, replaced or taken back, the newest first; those that expired too. */
export const listInvitations = query({
  scope: MEMBERS_INVITE,
  at: atOrganization,
  input: ListInvitationsInput,
  run: async ({ db, at, now }, input): Promise<Page<InvitationView>> => {
    const { invitations } = db.tables;
    const window = offsetWindow(input);
    const rows = await selectInvitations(db)
      .where(and(eq(invitations.organizationId, at.access.organization.id), isNull(invitations.dateUsed)))
      .orderBy(desc(invitations.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map((row) => describeInvitationDetails(row, now)), ...links };
  },
});

const InvitationParams = OrganizationParams.extend({ invitation: z.string().describe("The invitation's id.") });

const atInvitation: Locator<z.output<typeof InvitationParams>, { readonly access: Access; readonly invitation: InvitationRow }> = {
  params: InvitationParams,
  async locate({ db, actor, scope }, { organization, invitation: id }) {
    const access = await openOrganization(db, actor, organization, scope);
    const { invitations } = db.tables;
    const mine = eq(invitations.organizationId, access.organization.id);
    const [invitation] = await db
      .select()
      .from(invitations)
      .where(and(mine, eq(invitations.id, readId(id)), isNull(invitations.dateUsed)));
    if (!invitation) throw notFound();
    return { access, invitation };
  },
};

/**
 * Takes an invitation back: its link stops working. Throws 404 when it is unknown or was used, and `forbidden` for one to a role above
 * the caller's own.
 */
export const revokeInvitation = mutation({
  scope: MEMBERS_INVITE,
  at: atInvitation,
  input: NoInput,
  run: async (on): Promise<void> => {
    const { access, invitation } = on.at;
    const { id, organizationId, email, role } = invitation;
    if (roleRank(role) > callerRank(access))
      throw new AppError("forbidden", `You cannot take back an invitation as ${role}: that is above your own role.`);
    const { invitations } = on.tx.tables;
    const revoked = await on.tx
      .update(invitations)
      .set({ dateUsed: on.now })
      .where(and(eq(invitations.id, id), isNull(invitations.dateUsed)))
      .returning({ id: invitations.id });
    if (revoked.length === 0) throw notFound();
    await recordAudit(on, { organizationId, action: "invitation.revoke", target: email, details: { id, role } });
  },
});

/** An invitation, with who made it and the team it leads to. */
type InvitationDetails = {
  readonly invitation: InvitationRow;
  readonly inviter: { readonly id: number; readonly name: string; readonly email: string } | null;
  readonly team: string | null;
};

/** Invitations with their facts; conditions, order and window are the caller's. */
function selectInvitations(db: Reader) {
  const { invitations, users, teams } = db.tables;
  return db
    .select({ invitation: invitations, inviter: { id: users.id, name: users.name, email: users.email }, team: teams.slug })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .leftJoin(teams, eq(teams.id, invitations.teamId));
}

/** An invitation that was not used, as those who manage members see it. */
const describeInvitationDetails = ({ invitation, inviter, team }: InvitationDetails, now: Date): InvitationView => ({
  id: String(invitation.id),
  email: invitation.email,
  role: invitation.role,
  team,
  invitedBy: inviter && { ...inviter, id: String(inviter.id) },
  state: invitation.dateExpires <= now ? "expired" : "unused",
  dateCreated: instant(invitation.dateCreated),
  dateExpires: instant(invitation.dateExpires),
});
