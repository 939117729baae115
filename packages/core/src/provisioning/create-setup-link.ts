import type { SetupLinkView } from "@landfall/schema/views/provisioning";
import { and, eq, isNull } from "drizzle-orm";
import { notFound } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Context } from "../context.ts";
import { hashToken } from "../tokens/hash-token.ts";
import { SYSTEM } from "./system-actor.ts";

const SECRET_BYTES = 32;

/**
 * A link that lets whoever opens it become an administrator of the organization, once; links made before and not used stop working.
 * Only its sha256 is stored. Not an operation, as `provision`. Throws `not_found` for an unknown organization.
 */
export async function createSetupLink(context: Context, { organization: slug }: { readonly organization: string }): Promise<SetupLinkView> {
  const secret = context.randomHex(SECRET_BYTES);
  await context.store.transaction(async (tx) => {
    const { organizations, setupLinks } = tx.tables;
    const now = context.now();
    const [organization] = await tx.select({ id: organizations.id }).from(organizations).where(eq(organizations.slug, slug));
    if (!organization) throw notFound();
    const organizationId = organization.id;
    await tx
      .update(setupLinks)
      .set({ dateUsed: now })
      .where(and(eq(setupLinks.organizationId, organizationId), isNull(setupLinks.dateUsed)));
    await tx.insert(setupLinks).values({ organizationId, tokenHash: hashToken(secret), dateCreated: now });
    await recordAudit({ tx, actor: SYSTEM, now, context }, { organizationId, action: "setup_link.create", target: slug });
  });
  return { url: `${context.origin}/setup/${secret}` };
}
