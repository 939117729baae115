import type { Reader } from "@landfall/db/store";
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
import { quoted } from "../../access/unknown-names.ts";
import { AppError, invalidField, notFound } from "../../kernel/app-error.ts";
import { readId } from "../../kernel/input.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { type Locator, mutation, query } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { withdrawInvitations } from "../../records/accounts/invitations.ts";
import { callerRank, findMemberIdByEmail, roleRank } from "../../records/accounts/members.ts";
import { LINK_SECRET_BYTES, linkExpiry } from "../../records/accounts/one-time-links.ts";
import { teamToJoin } from "../../records/accounts/teams.ts";

/**
 * Creates an invitation for an email address and returns its link once; no email is sent. An earlier invitation for the address is revoked.
 * Throws `forbidden` for a role above the caller's own, and `invalid` at `email` for a member and at `team` for a team that the caller cannot
 * add members to.
 */
export const createInvitation = mutation({
  scope: MEMBERS_INVITE,
  at: atOrganization,
  input: CreateInvitationInput,
  run: async (on, { email: enteredEmail, role, team: name }): Promise<NewInvitationView> => {
    const { tx, at, now, context } = on;
    const organizationId = at.access.organization.id;
    if (roleRank(role) > callerRank(at.access))
      throw new AppError("forbidden", `You cannot invite a member as ${role}, which is above your own role.`);
    const email = enteredEmail.toLowerCase();
    if ((await findMemberIdByEmail(tx, organizationId, email)) !== undefined) throw invalidField("email", `${email} is already a member.`);
    const team = await teamToJoin(tx, at.access, name);
    await withdrawInvitations(on, organizationId, { email });
    const secret = context.randomHex(LINK_SECRET_BYTES);
    const { invitations } = tx.tables;
    const [created] = await tx
      .insert(invitations)
      .values({
        organizationId,
        email,
        role,
        tokenHash: hashToken(secret),
        teamId: name && team ? team.id : null,
        invitedBy: at.access.userId,
        dateCreated: now,
        dateExpires: linkExpiry(now),
      })
      .returning({ id: invitations.id });
    const [details] = created ? await selectInvitations(tx).where(eq(invitations.id, created.id)) : [];
    if (!details) throw new Error("an invitation was not stored");
    const { id, dateExpires } = details.invitation;
    const auditDetails = { id, role, team: details.team, dateExpires };
    await recordAudit(on, { organizationId, action: "invitation.create", target: email, details: auditDetails });
    return { ...describeInvitationDetails(details, now), url: `${context.origin}/invite/${secret}` };
  },
});

/** Lists the organization's open invitations, including expired ones, the newest first. */
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
    const isOfOrganization = eq(invitations.organizationId, access.organization.id);
    const [invitation] = await db
      .select()
      .from(invitations)
      .where(and(isOfOrganization, eq(invitations.id, readId(id)), isNull(invitations.dateUsed)));
    if (!invitation) throw notFound(`No open invitation with the id ${quoted(id)} in ${access.organization.slug}.`);
    return { access, invitation };
  },
};

/**
 * Revokes an invitation, whose link stops working. Throws 404 if it is unknown, used or revoked, and `forbidden` for one with a role above the
 * caller's own.
 */
export const revokeInvitation = mutation({
  scope: MEMBERS_INVITE,
  at: atInvitation,
  input: NoInput,
  run: async (on): Promise<void> => {
    const { access, invitation } = on.at;
    const { id, organizationId, email, role } = invitation;
    if (roleRank(role) > callerRank(access))
      throw new AppError("forbidden", `You cannot revoke an invitation as ${role}, which is above your own role.`);
    const { invitations } = on.tx.tables;
    const revoked = await on.tx
      .update(invitations)
      .set({ dateUsed: on.now })
      .where(and(eq(invitations.id, id), isNull(invitations.dateUsed)))
      .returning({ id: invitations.id });
    if (revoked.length === 0) throw notFound(`The invitation of ${email} is no longer open.`);
    await recordAudit(on, { organizationId, action: "invitation.revoke", target: email, details: { id, role } });
  },
});

/** An invitation, with its creator and its team. */
type InvitationDetails = {
  readonly invitation: InvitationRow;
  readonly inviter: { readonly id: number; readonly name: string; readonly email: string } | null;
  readonly team: string | null;
};

/** Selects invitations with their details; the caller adds conditions, order and limits. */
function selectInvitations(db: Reader) {
  const { invitations, users, teams } = db.tables;
  return db
    .select({ invitation: invitations, inviter: { id: users.id, name: users.name, email: users.email }, team: teams.slug })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .leftJoin(teams, eq(teams.id, invitations.teamId));
}

/** Describes an open invitation for those who manage members. */
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
