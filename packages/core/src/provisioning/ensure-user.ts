import type { UserRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, eq, isNull } from "drizzle-orm";
import { AppError } from "../app-error.ts";
import { type MutationContext, recordAudit } from "../audit/record-audit.ts";

export type UserDraft = {
  readonly username: string;
  /** In lower case. */
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  /** Whether the operator confirms that the address is theirs; typed by anyone else it is not. */
  readonly isVerified: boolean;
};

/**
 * The person who has this address, created if there is none, with a first password if they have none. For the operator only, as it opens
 * an account that exists. `changed` describes what was done. Throws `conflict` if the user name is somebody else's.
 */
export async function ensureUser(on: MutationContext, draft: UserDraft): Promise<{ user: UserRow; changed: readonly string[] }> {
  const known = await findByEmail(on.tx, draft.email);
  if (known) return { user: known, changed: (await setFirstPassword(on, known, draft.passwordHash)) ? [`password of ${known.email}`] : [] };
  return { user: await createUser(on, draft), changed: [`user ${draft.email}`] };
}

/** Creates a person. Throws `conflict` if the address or the user name is somebody else's. */
export async function createUser(on: MutationContext, { isVerified, ...draft }: UserDraft): Promise<UserRow> {
  const { tx, now } = on;
  const { users, userEmails } = tx.tables;
  const [user] = await tx
    .insert(users)
    .values({ ...draft, dateJoined: now })
    .onConflictDoNothing()
    .returning();
  if (!user)
    throw new AppError(
      "conflict",
      `The user name ${draft.username} belongs to somebody with another address. Name the owner by their address.`,
    );
  await tx.insert(userEmails).values({ userId: user.id, email: draft.email, isVerified });
  await recordAudit(on, { organizationId: null, action: "user.create", target: draft.email, details: { id: user.id } });
  return user;
}

/** The person who has this address, their main one or another; in lower case. */
export async function findByEmail(db: Reader, email: string): Promise<UserRow | undefined> {
  const { users, userEmails } = db.tables;
  const [found] = await db
    .select({ user: users })
    .from(userEmails)
    .innerJoin(users, eq(users.id, userEmails.userId))
    .where(eq(userEmails.email, email));
  return found?.user;
}

/** A password somebody has set is theirs; only a missing one is filled in. */
async function setFirstPassword(on: MutationContext, { id, email }: UserRow, passwordHash: string | null): Promise<boolean> {
  if (passwordHash === null) return false;
  const { users } = on.tx.tables;
  const set = await on.tx
    .update(users)
    .set({ passwordHash })
    .where(and(eq(users.id, id), isNull(users.passwordHash)))
    .returning({ id: users.id });
  if (set.length > 0) await recordAudit(on, { organizationId: null, action: "user.set_password", target: email, details: { id } });
  return set.length > 0;
}
