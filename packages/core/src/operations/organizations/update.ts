import type { Tx } from "@landfall/db/store";
import type { OrganizationRow } from "@landfall/db/tables/schema";
import { type OrganizationDetailsView, UpdateOrganizationInput } from "@landfall/schema/organizations/organizations";
import { eq } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { ORGANIZATION_WRITE } from "../../access/scopes.ts";
import { invalidField } from "../../kernel/app-error.ts";
import { mutation } from "../../kernel/operation.ts";
import { unlessTaken } from "../../kernel/unique.ts";
import { claimOrganizationSlug, keepOrganizationSlug } from "../../records/former-slugs.ts";
import { beforeAndAfter, changedFields, recordAudit } from "../../records/audit.ts";
import { describeOrganizationDetails } from "./describe.ts";

/**
 * Changes the name, slug and membership settings of an organization. Clients still find it by its former slugs. Throws `invalid` at `slug` for one
 * that is taken.
 */
export const updateOrganization = mutation({
  scope: ORGANIZATION_WRITE,
  at: atOrganization,
  input: UpdateOrganizationInput,
  run: async (on, { name, slug, openMembership, membersCreateTokens, takeFormerSlug = false }): Promise<OrganizationDetailsView> => {
    const { organization } = on.at.access;
    const changes = changedFields(organization, { name, slug, openMembership, membersCreateTokens });
    if (Object.keys(changes).length === 0) return describeOrganizationDetails(on.at.access, on.context.origin);
    if (changes.slug !== undefined) await claimOrganizationSlug(on, { slug: changes.slug, takeFormerSlug }, organization.id);
    const changed = await saveChanges(on.tx, organization.id, changes);
    if (changes.slug !== undefined) await keepOrganizationSlug(on, organization);
    const details = beforeAndAfter(organization, changes);
    await recordAudit(on, { organizationId: organization.id, action: "organization.update", target: organization.slug, details });
    return describeOrganizationDetails({ ...on.at.access, organization: changed }, on.context.origin);
  },
});

async function saveChanges(tx: Tx, id: number, changes: Partial<OrganizationRow>): Promise<OrganizationRow> {
  const { organizations } = tx.tables;
  const [changed] = await unlessTaken(tx.update(organizations).set(changes).where(eq(organizations.id, id)).returning(), () =>
    invalidField("slug", `The slug "${changes.slug}" is already in use.`),
  );
  if (!changed) throw new Error("an organization was not changed");
  return changed;
}
