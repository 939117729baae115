import type { OrganizationRow } from "@landfall/db/rows";
import { eq } from "drizzle-orm";
import { type MutationContext, recordAudit } from "../audit/record-audit.ts";

/** The organization of this slug, made when there is none. Of many callers at once exactly one makes it. */
export async function ensureOrganization(
  on: MutationContext,
  slug: string,
  name: string,
): Promise<{ organization: OrganizationRow; created: boolean }> {
  const { organizations } = on.tx.tables;
  const [made] = await on.tx.insert(organizations).values({ slug, name, dateCreated: on.now }).onConflictDoNothing().returning();
  if (made) {
    await recordAudit(on, { organizationId: made.id, action: "organization.create", target: slug });
    return { organization: made, created: true };
  }
  const [organization] = await on.tx.select().from(organizations).where(eq(organizations.slug, slug));
  if (!organization) throw new Error("an organization that exists could not be read");
  return { organization, created: false };
}
