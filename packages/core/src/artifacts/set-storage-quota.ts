import { eq } from "drizzle-orm";
import { invalidField } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Context } from "../context.ts";
import { SYSTEM_ACTOR } from "../provisioning/system-actor.ts";

/**
 * Sets how many bytes the artifacts of an organization may take up; null gives it the server's default. What is stored already stays. Not an
 * operation, so that only the operator of the server can do it. Throws `invalid` for an unknown organization.
 */
export async function setStorageQuota(
  context: Context,
  { organization: slug, quota }: { readonly organization: string; readonly quota: number | null },
): Promise<void> {
  await context.store.transaction(async (tx) => {
    const { organizations } = tx.tables;
    const [changed] = await tx
      .update(organizations)
      .set({ storageQuota: quota })
      .where(eq(organizations.slug, slug))
      .returning({ id: organizations.id });
    if (!changed) throw invalidField("organization", `There is no organization ${slug}.`);
    const on = { tx, actor: SYSTEM_ACTOR, now: context.now(), context };
    await recordAudit(on, { organizationId: changed.id, action: "organization.set_quota", target: slug, details: { bytes: quota } });
  });
}
