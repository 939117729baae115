import type { Tx } from "@landfall/db/store";
import type { OrganizationRow } from "@landfall/db/tables/schema";
import { NoInput } from "@landfall/schema/fields/query";
import { type OrganizationDetailsView, UpdateOrganizationInput } from "@landfall/schema/organizations/organizations";
import { and, eq } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { ORGANIZATION_WRITE } from "../../access/scopes.ts";
import { AppError, invalidField, notFound } from "../../kernel/app-error.ts";
import { mutation, mutationWithPreparation } from "../../kernel/operation.ts";
import { unlessTaken } from "../../kernel/unique.ts";
import { deleteArtifacts } from "../../records/artifacts/delete-artifacts.ts";
import { beforeAndAfter, changedFields, recordAudit } from "../../records/audit.ts";
import { describeOrganizationDetails } from "./describe.ts";

/**
 * Changes the name, slug and membership settings of an organization. Existing tokens still contain the old slug. Throws `invalid` at `slug` for one
 * that is taken.
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
  const [changed] = await unlessTaken(tx.update(organizations).set(changes).where(eq(organizations.id, id)).returning(), () =>
    invalidField("slug", `The slug "${changes.slug}" is already in use.`),
  );
  if (!changed) throw new Error("an organization was not changed");
  return changed;
}

/**
 * Deletes a sample organization with everything in it, including its audit log; one audit event of the server remains. Users are not deleted.
 * Throws `conflict` for any other organization.
 */
export const deleteOrganization = mutationWithPreparation({
  scope: ["org:admin"],
  at: atOrganization,
  input: NoInput,
  prepare: async ({ at, context }) => {
    const { id, slug, name, isSample } = at.access.organization;
    if (!isSample) {
      throw new AppError("conflict", `The organization "${slug}" has no sample data. Only organizations with sample data can be deleted.`);
    }
    // Before the transaction, since a bundle may have tens of thousands of rows. If the process ends here, the sample can be deleted again.
    await deleteArtifacts(context.store, id);
    return { id, slug, name, isSample };
  },
  run: async (on, { id, slug, name, isSample }): Promise<void> => {
    const { organizations } = on.tx.tables;
    const deleted = await on.tx
      .delete(organizations)
      .where(and(eq(organizations.id, id), eq(organizations.isSample, true)))
      .returning({ id: organizations.id });
    if (deleted.length === 0) throw notFound();
    await recordAudit(on, { organizationId: null, action: "organization.delete", target: slug, details: { id, name, isSample } });
  },
});
