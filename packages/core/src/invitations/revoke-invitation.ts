import type { InvitationRow } from "@landfall/db/rows";
import { NoInput } from "@landfall/schema/inputs/nothing";
import { and, eq, isNull } from "drizzle-orm";
import * as z from "zod";
import { OrganizationParams } from "../access/at-organization.ts";
import { type Access, openOrganization } from "../access/organization-access.ts";
import { AppError, notFound } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { type Locator, mutation } from "../operation.ts";
import { roleRank, callerRank } from "../people/rank.ts";
import { readId } from "../read-id.ts";
import { MEMBERS_INVITE } from "./invitation-scopes.ts";

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
