import type { Reader, Tx } from "@landfall/db/store";
import { and, eq, exists, isNotNull } from "drizzle-orm";
import { userActor } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { recordAudit } from "../../records/audit.ts";
import { endSessions } from "../../records/sessions.ts";
import { revokeTokensOfUser } from "../../records/tokens.ts";

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
    const on = { tx, actor: userActor(userId), now, context };
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

/** Somebody who may sign in by what an identity provider says of them. */
export type SignInCandidate = {
  readonly id: number;
  readonly name: string;
  /** The address they were looked for by, or their main one; in lower case. */
  readonly email: string;
  /**
   * Whether a provider that has verified the address may open the account by it: if it is verified here too, or the account's main one,
   * by which its creator named it. An additional address that somebody only claims never opens their account to its real owner.
   */
  readonly mayLink: boolean;
  readonly dateJoined: Date;
};

/** The active member of any organization with this address, in lower case, or this id. */
export async function findSignInCandidate(
  db: Reader,
  who: { readonly email: string } | { readonly id: number },
): Promise<SignInCandidate | null> {
  const { users, userEmails, members } = db.tables;
  const isMember = exists(db.select({ userId: members.userId }).from(members).where(eq(members.userId, users.id)));
  const email = "email" in who ? who.email : users.email;
  const [found] = await db
    .select({
      id: users.id,
      name: users.name,
      email: userEmails.email,
      main: users.email,
      isVerified: userEmails.isVerified,
      dateJoined: users.dateJoined,
    })
    .from(users)
    .innerJoin(userEmails, and(eq(userEmails.userId, users.id), eq(userEmails.email, email)))
    .where(and("id" in who ? eq(users.id, who.id) : undefined, eq(users.isActive, true), isMember));
  if (!found) return null;
  const { main, isVerified, ...signer } = found;
  return { ...signer, mayLink: isVerified || signer.email === main };
}
