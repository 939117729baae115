import type { OrganizationRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { isUniqueViolation } from "@landfall/db/unique-violation";
import { UpdateOrganizationInput } from "@landfall/schema/inputs/organization";
import type { OrganizationDetailsView } from "@landfall/schema/views/organization";
import { eq } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { invalidField } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { beforeAndAfter, changedFields } from "../changes-of.ts";
import { mutation } from "../operation.ts";
import { describeOrganizationDetails } from "./describe-organization.ts";
import { ORGANIZATION_WRITE } from "./organization-scopes.ts";

/**
 * Changes an organization's name, slug, or whether every member may use every project or create tokens. Tokens handed out before name the old slug to
 * their clients. Throws `invalid` at `slug` for one that another organization has.
 */
export const updateOrganization = mutation({
  scope: ORGANIZATION_WRITE,
  at: atOrganization,
  input: UpdateOrganizationInput,
  run: async (on, { name, slug, openMembership, membersCreateTokens }): Promise<OrganizationDetailsView> => {
    const { organization } = on.at.access;
    const changes = changedFields(organization, { name, slug, openMembership, membersCreateTokens });
    if (Object.keys(changes).length === 0) return describeOrganizationDetails(on.at.access, on.context.origin);
    const changed = await saveChanges(on.tx, organization.id, changes);
    const details = beforeAndAfter(organization, changes);
    await recordAudit(on, { organizationId: organization.id, action: "organization.update", target: organization.slug, details });
    return describeOrganizationDetails({ ...on.at.access, organization: changed }, on.context.origin);
  },
});

async function saveChanges(tx: Tx, id: number, changes: Partial<OrganizationRow>): Promise<OrganizationRow> {
  const { organizations } = tx.tables;
  try {
    const [changed] = await tx.update(organizations).set(changes).where(eq(organizations.id, id)).returning();
    if (!changed) throw new Error("an organization was not changed");
    return changed;
  } catch (error) {
    if (isUniqueViolation(error)) throw invalidField("slug", `The slug "${changes.slug}" is already in use.`);
    throw error;
  }
}
