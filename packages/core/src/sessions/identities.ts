import type { Reader, Tx } from "@landfall/db/store";
import { SCOPES } from "@landfall/schema/scope";
import { and, eq, isNotNull } from "drizzle-orm";
import type { Actor } from "../access/actor.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Context } from "../context.ts";
import { revokeTokensOfUser } from "../tokens/revoke-tokens.ts";
import { endSessions } from "./end-sessions.ts";

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

/** A provider's subject to link; `email` is the address that the provider has verified, in lower case. */
export type IdentityDraft = Omit<Identity, "id" | "dateCreated"> & { readonly email: string | null };

/**
 * Links a provider's `subject` to a person, from now on whatever their address. The account may have been created by somebody else who
 * knew only the address, so everything that opened it before is removed: the password, every session and every token of the person,
 * with what was created with those. The verified address counts as theirs from now on. Throws if the subject is somebody else's.
 */
export async function linkIdentity(context: Context, { userId, provider, subject, email }: IdentityDraft): Promise<Identity> {
  const now = context.now();
  return context.store.transaction(async (tx) => {
    const { identities } = tx.tables;
    const [made] = await tx.insert(identities).values({ userId, provider, subject, dateCreated: now }).returning();
    if (!made) throw new Error("an identity was not stored");
    const actor: Actor = { kind: "user", userId, tokenId: null, scopes: new Set(SCOPES) };
    const on = { tx, actor, now, context };
    const removed = {
      password: await removePassword(tx, userId),
      sessions: await endSessions(on, userId, undefined),
      tokens: await revokeTokensOfUser(on, userId),
    };
    if (email !== null) await verifyAddress(tx, userId, email);
    const details = { userId, provider, verified: email, removed };
    await recordAudit(on, { organizationId: null, action: "identity.link", target: subject, details });
    return made;
  });
}

async function removePassword(tx: Tx, userId: number): Promise<boolean> {
  const { users } = tx.tables;
  const removed = await tx
    .update(users)
    .set({ passwordHash: null })
    .where(and(eq(users.id, userId), isNotNull(users.passwordHash)))
    .returning({ id: users.id });
  return removed.length > 0;
}

async function verifyAddress(tx: Tx, userId: number, email: string): Promise<void> {
  const { userEmails } = tx.tables;
  await tx
    .update(userEmails)
    .set({ isVerified: true })
    .where(and(eq(userEmails.userId, userId), eq(userEmails.email, email)));
}
