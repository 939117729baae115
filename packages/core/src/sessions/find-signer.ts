import type { Reader } from "@landfall/db/store";
import { and, eq, exists } from "drizzle-orm";

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
export async function findSignInCandidate(db: Reader, who: { readonly email: string } | { readonly id: number }): Promise<SignInCandidate | null> {
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
