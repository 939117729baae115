import type { Reader, Tx } from "@landfall/db/store";
import { and, eq, exists, isNotNull } from "drizzle-orm";
import { userActor } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { recordAudit } from "../../records/audit.ts";
import { endSessions } from "../../records/accounts/sessions.ts";
import { revokeTokensOfUser } from "../../records/accounts/tokens.ts";

/** The identity of a user at a provider. `subject` is the permanent id there. */
export type Identity = {
  readonly id: number;
  readonly userId: number;
  readonly provider: string;
  readonly subject: string;
  readonly dateCreated: Date;
};

/** Finds an identity by provider and subject, or all identities of a user. */
export async function findIdentities(
  db: Reader,
  by: { readonly provider: string; readonly subject: string } | { readonly userId: number },
): Promise<Identity[]> {
  const { identities } = db.tables;
  const where =
    "userId" in by ? eq(identities.userId, by.userId) : and(eq(identities.provider, by.provider), eq(identities.subject, by.subject));
  return db.select().from(identities).where(where);
}

/** An identity to link; `email` is the address that the provider has verified, in lower case. */
export type IdentityDraft = Omit<Identity, "id" | "dateCreated"> & { readonly email: string | null };

/**
 * Links an identity to a user, who can sign in with it from then on even if their email address changes. Someone else who knew the address may
 * have created the account, so everything that gave access to it is removed: the password, all sessions, and all personal tokens with their
 * children. The address becomes verified. Throws if the identity is already linked.
 */
export async function linkIdentity(context: Context, { userId, provider, subject, email }: IdentityDraft): Promise<Identity> {
  const now = context.now();
  return context.store.transaction(async (tx) => {
    const { identities } = tx.tables;
    const [identity] = await tx.insert(identities).values({ userId, provider, subject, dateCreated: now }).returning();
    if (!identity) throw new Error("an identity was not stored");
    const on = { tx, actor: userActor(userId), now, context };
    const removed = {
      password: await removePassword(tx, userId),
      sessions: await endSessions(on, userId, undefined),
      tokens: await revokeTokensOfUser(on, userId),
    };
    if (email !== null) await verifyAddress(tx, userId, email);
    const details = { userId, provider, verified: email, removed };
    await recordAudit(on, { organizationId: null, action: "identity.link", target: subject, details });
    return identity;
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

/** A user who can sign in with an identity provider. */
export type SignInCandidate = {
  readonly id: number;
  readonly name: string;
  /** The address of the lookup, or the primary one; in lower case. */
  readonly email: string;
  /**
   * Whether a provider that has verified the address may link the account: if the address is verified here too, or is the primary one. An
   * unverified additional address must not give its real owner access to the account.
   */
  readonly mayLink: boolean;
  readonly dateJoined: Date;
};

/** Finds an active member of any organization by email address, in lower case, or by id. */
export async function findSignInCandidate(
  db: Reader,
  key: { readonly email: string } | { readonly id: number },
): Promise<SignInCandidate | null> {
  const { users, userEmails, members } = db.tables;
  const isMember = exists(db.select({ userId: members.userId }).from(members).where(eq(members.userId, users.id)));
  const email = "email" in key ? key.email : users.email;
  const [found] = await db
    .select({
      id: users.id,
      name: users.name,
      email: userEmails.email,
      primary: users.email,
      isVerified: userEmails.isVerified,
      dateJoined: users.dateJoined,
    })
    .from(users)
    .innerJoin(userEmails, and(eq(userEmails.userId, users.id), eq(userEmails.email, email)))
    .where(and("id" in key ? eq(users.id, key.id) : undefined, eq(users.isActive, true), isMember));
  if (!found) return null;
  const { primary, isVerified, ...user } = found;
  return { ...user, mayLink: isVerified || user.email === primary };
}
