import type { Reader } from "@landfall/db/store";
import { SCOPES } from "@landfall/schema/scope";
import { and, eq } from "drizzle-orm";
import type { Actor } from "../access/actor.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Context } from "../context.ts";

/** Who a person is at an identity provider: what it calls them there, for ever. */
export type Identity = {
  readonly id: number;
  readonly userId: number;
  readonly provider: string;
  readonly subject: string;
  readonly dateCreated: Date;
};

/** The person a provider calls `subject`, or every provider's name for one person. */
export async function findIdentities(
  db: Reader,
  by: { readonly provider: string; readonly subject: string } | { readonly userId: number },
): Promise<Identity[]> {
  const { identities } = db.tables;
  const where =
    "userId" in by ? eq(identities.userId, by.userId) : and(eq(identities.provider, by.provider), eq(identities.subject, by.subject));
  return db.select().from(identities).where(where);
}

/** Notes that a provider's `subject` is this person, from now on whatever their address. Throws when the subject is somebody else's. */
export async function linkIdentity(
  context: Context,
  { userId, provider, subject }: Omit<Identity, "id" | "dateCreated">,
): Promise<Identity> {
  const now = context.now();
  return context.store.transaction(async (tx) => {
    const { identities } = tx.tables;
    const [made] = await tx.insert(identities).values({ userId, provider, subject, dateCreated: now }).returning();
    if (!made) throw new Error("an identity was not stored");
    const actor: Actor = { kind: "user", userId, tokenId: null, scopes: new Set(SCOPES) };
    const details = { userId, provider };
    await recordAudit({ tx, actor, now, context }, { organizationId: null, action: "identity.link", target: subject, details });
    return made;
  });
}
