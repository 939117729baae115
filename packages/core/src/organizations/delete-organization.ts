import { NoInput } from "@landfall/schema/inputs/nothing";
import { and, eq } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { AppError, notFound } from "../app-error.ts";
import { deleteArtifacts } from "../artifacts/delete-artifacts.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mutationWithPreparation } from "../operation.ts";

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
