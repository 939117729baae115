import type { Tx } from "@landfall/db/store";
import { isUniqueViolation } from "@landfall/db/store-error";
import type { OrganizationRow } from "@landfall/db/tables/schema";
import { NoInput } from "@landfall/schema/fields/query";
import { type OrganizationDetailsView, UpdateOrganizationInput } from "@landfall/schema/organizations/organizations";
import { and, eq } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { ORGANIZATION_WRITE } from "../../access/scopes.ts";
import { AppError, invalidField, notFound } from "../../kernel/app-error.ts";
import { mutation, mutationWithPreparation } from "../../kernel/operation.ts";
import { deleteArtifacts } from "../../records/artifacts/delete-artifacts.ts";
import { beforeAndAfter, changedFields, recordAudit } from "../../records/audit.ts";
import { describeOrganizationDetails } from "./describe.ts";

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

/**
 * Deletes an organization of sample data with all that is in it, its audit log too; what is left is one row of the server's. People stay.
 * Throws `conflict` for any other organization: those hold real history.
 */
export const deleteOrganization = mutationWithPreparation({
  scope: ["org:admin"],
  at: atOrganization,
  input: NoInput,
  prepare: async ({ at, context }) => {
    const { id, slug, name, isSample } = at.access.organization;
    if (!isSample) {
      throw new AppError(
        "conflict",
        `The organization "${slug}" holds no sample data, so it cannot be deleted. Only an organization of sample data can.`,
      );
    }
    // A bundle may have tens of thousands of rows. If the process ends here, there is a sample without artifacts, to be deleted again.
    await deleteArtifacts(context.store, id);
    return { id, slug, name, isSample };
  },
  run: async (on, { id, slug, name, isSample }): Promise<void> => {
    const { organizations } = on.tx.tables;
    const gone = await on.tx
      .delete(organizations)
      .where(and(eq(organizations.id, id), eq(organizations.isSample, true)))
      .returning({ id: organizations.id });
    if (gone.length === 0) throw notFound();
    await recordAudit(on, { organizationId: null, action: "organization.delete", target: slug, details: { id, name, isSample } });
  },
});
