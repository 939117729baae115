import type { Schema } from "@landfall/db/schema";
import { ROLES, scopesOfRole } from "@landfall/schema/scope";
import { and, eq, inArray, isNull, type SQL } from "drizzle-orm";
import type { MutationContext } from "../audit/record-audit.ts";
import { recordAudits } from "../audit/record-audits.ts";
import { roleRank } from "../people/rank.ts";

/** Those to one address; or somebody's that their role, null for none, does not allow them to make. */
type InvitationFilter = { readonly email: string } | { readonly invitedBy: number; readonly role: string | null };

/** Takes back invitations that were not used yet, and says so in the audit log. Answers how many. */
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
  const mayInvite = role !== null && scopesOfRole(role).has("member:invite");
  const above = mayInvite ? ROLES.slice(roleRank(role) + 1) : ROLES;
  return and(eq(invitations.invitedBy, invitedBy), inArray(invitations.role, [...above]));
}
