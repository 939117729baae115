import type { UserRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { eq } from "drizzle-orm";

/**
 * The person with this address (in lower case) who has an account that is somebody's: a password, a name at an identity provider, or a
 * place in an organization. Such an account is never handed to whoever holds a link.
 */
export async function findAccount(db: Reader, email: string): Promise<UserRow | undefined> {
  const { users, userEmails, members, identities } = db.tables;
  const [found] = await db
    .select({ user: users })
    .from(userEmails)
    .innerJoin(users, eq(users.id, userEmails.userId))
    .where(eq(userEmails.email, email));
  if (!found) return undefined;
  const { user } = found;
  if (user.passwordHash !== null || !user.isActive) return user;
  if ((await db.$count(identities, eq(identities.userId, user.id))) > 0) return user;
  return (await db.$count(members, eq(members.userId, user.id))) > 0 ? user : undefined;
}
