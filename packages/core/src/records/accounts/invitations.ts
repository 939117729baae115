import type { Reader } from "@landfall/db/store";
import type { InvitationRow, OrganizationRow, Schema } from "@landfall/db/tables/schema";
import { ROLES, scopesOfRole } from "@landfall/schema/scope";
import { and, eq, inArray, isNull, type SQL } from "drizzle-orm";
import { hashToken } from "../../access/token-text.ts";
import { AppError } from "../../kernel/app-error.ts";
import { type MutationContext, recordAudits } from "../audit.ts";
import { roleRank } from "./members.ts";
import { linkState } from "./one-time-links.ts";

export type FoundInvitation = { readonly invitation: InvitationRow; readonly organization: OrganizationRow };

/** Finds an invitation by the secret of its link, in any state. */
export async function findInvitation(db: Reader, secret: string): Promise<FoundInvitation | undefined> {
  const { invitations, organizations } = db.tables;
  const [found] = await db
    .select({ invitation: invitations, organization: organizations })
    .from(invitations)
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .where(and(eq(invitations.tokenHash, hashToken(secret)), isNull(organizations.dateRemoved)));
  return found;
}

/** Finds an invitation that can be accepted. Throws `not_found` for an unknown secret, and `conflict` for a used or expired invitation. */
export async function findUsableInvitation(db: Reader, secret: string, now: Date): Promise<FoundInvitation> {
  const found = await findInvitation(db, secret);
  if (!found) throw new AppError("not_found", "This invitation is unknown. Check that the link is complete.");
  const state = linkState(found.invitation, now);
  if (state === "unused") return found;
  throw state === "used" ? invitationUsed() : new AppError("conflict", "This invitation has expired. Ask for a new one.");
}

/** The error for an invitation that was used, revoked or replaced. */
export const invitationUsed = (): AppError =>
  new AppError("conflict", "This invitation was already used, revoked, or replaced by a newer one. Sign in, or ask for a new one.");

/** Invitations to an email address, or by a user whose role (null for none) does not allow them. */
type InvitationFilter = { readonly email: string } | { readonly invitedBy: number; readonly role: string | null };

/** Revokes open invitations and records an audit event for each. Returns how many. */
export async function withdrawInvitations(on: MutationContext, organizationId: number, which: InvitationFilter): Promise<number> {
  const { invitations } = on.tx.tables;
  const open = and(eq(invitations.organizationId, organizationId), isNull(invitations.dateUsed), filterCondition(invitations, which));
  const withdrawn = await on.tx.update(invitations).set({ dateUsed: on.now }).where(open).returning();
  const entries = withdrawn.map(({ id, email, role }) => ({ target: email, details: { id, role } }));
  await recordAudits(on, organizationId, "invitation.revoke", entries);
  return withdrawn.length;
}

function filterCondition(invitations: Schema["invitations"], which: InvitationFilter): SQL | undefined {
  if ("email" in which) return eq(invitations.email, which.email);
  const { invitedBy, role } = which;
  const canInvite = role !== null && scopesOfRole(role).has("member:invite");
  const disallowed = canInvite ? ROLES.slice(roleRank(role) + 1) : ROLES;
  return and(eq(invitations.invitedBy, invitedBy), inArray(invitations.role, [...disallowed]));
}
