import { instant } from "@landfall/schema/instant";
import type { SetupLinkView } from "@landfall/schema/views/provisioning";
import { and, eq, isNull } from "drizzle-orm";
import { notFound } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Context } from "../context.ts";
import { hashToken } from "../tokens/hash-token.ts";
import { setupLinkExpiry } from "./setup-links.ts";
import { SYSTEM_ACTOR } from "./system-actor.ts";

const SECRET_BYTES = 32;

/**
 * Creates a link that makes one new account an owner of the organization. It works once, for 7 days; earlier unused links stop working.
 * Only its sha256 is stored. Not an operation, as `provision`. Throws `not_found` for an unknown organization.
 */
export async function createSetupLink(context: Context, { organization: slug }: { readonly organization: string }): Promise<SetupLinkView> {
  const secret = context.randomHex(SECRET_BYTES);
  const now = context.now();
  const dateExpires = setupLinkExpiry(now);
  await context.store.transaction(async (tx) => {
    const { organizations, setupLinks } = tx.tables;
    const [organization] = await tx.select({ id: organizations.id }).from(organizations).where(eq(organizations.slug, slug));
    if (!organization) throw notFound();
    const organizationId = organization.id;
    await tx
      .update(setupLinks)
      .set({ dateUsed: now })
      .where(and(eq(setupLinks.organizationId, organizationId), isNull(setupLinks.dateUsed)));
    await tx.insert(setupLinks).values({ organizationId, tokenHash: hashToken(secret), dateCreated: now });
    await recordAudit(
      { tx, actor: SYSTEM_ACTOR, now, context },
      { organizationId, action: "setup_link.create", target: slug, details: { dateExpires } },
    );
  });
  return { url: `${context.origin}/setup/${secret}`, dateExpires: instant(dateExpires) };
}
