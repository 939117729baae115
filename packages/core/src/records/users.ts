import { anyOf, equalTo } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { UserEmailRow, UserRow } from "@landfall/db/tables/schema";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { UserView } from "@landfall/schema/organizations/accounts";
import { and, asc, eq, isNull } from "drizzle-orm";
import { AppError } from "../kernel/app-error.ts";
import { type MutationContext, recordAudit } from "./audit.ts";

/** People by id, with their addresses. */
export async function findUsers(db: Reader, ids: readonly number[]): Promise<Map<number, UserWithEmails>> {
  if (ids.length === 0) return new Map();
  return groupEmails(await selectById(db, { ids }));
}

/** The organization's active members by any of their addresses; `emails` in lower case. Keys are the addresses found. */
export async function findMembersByEmail(
  db: Reader,
  organizationId: number,
  emails: readonly string[],
): Promise<Map<string, UserWithEmails>> {
  if (emails.length === 0) return new Map();
  const owners = await selectOwners(db, { organizationId, emails });
  const people = await findUsers(db, [...new Set(owners.map((owner) => owner.userId))]);
  const found = new Map<string, UserWithEmails>();
  for (const { email, userId } of owners) {
    const person = people.get(userId);
    if (person) found.set(email, person);
  }
  return found;
}

function groupEmails(rows: readonly { user: UserRow; email: UserEmailRow | null }[]): Map<number, UserWithEmails> {
  const people = new Map<number, { user: UserRow; emails: UserEmailRow[] }>();
  for (const { user, email } of rows) {
    const person = people.get(user.id) ?? { user, emails: [] };
    if (email) person.emails.push(email);
    people.set(user.id, person);
  }
  return people;
}

const selectById = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { users, userEmails } = db.tables;
  return db
    .select({ user: users, email: userEmails })
    .from(users)
    .leftJoin(userEmails, eq(userEmails.userId, users.id))
    .where(anyOf(users.id, param.ids))
    .orderBy(asc(userEmails.id))
    .prepare();
});

const selectOwners = prepared((db: Reader, param: { emails: readonly string[]; organizationId: number }) => {
  const { users, userEmails, members } = db.tables;
  return db
    .select({ email: userEmails.email, userId: userEmails.userId })
    .from(userEmails)
    .innerJoin(users, and(eq(users.id, userEmails.userId), equalTo(users.isActive, true)))
    .innerJoin(members, and(eq(members.userId, users.id), equalTo(members.organizationId, param.organizationId)))
    .where(anyOf(userEmails.email, param.emails))
    .prepare();
});

/** One person by id, with their addresses. */
export async function findUser(db: Reader, id: number): Promise<UserWithEmails | undefined> {
  return (await findUsers(db, [id])).get(id);
}

export type UserWithEmails = { readonly user: UserRow; readonly emails: readonly UserEmailRow[] };

/** A person as the wire shows them (contract 12.6). */
export const describeUser = ({ user, emails }: UserWithEmails): UserView => ({
  id: String(user.id),
  name: user.name,
  username: user.username,
  email: user.email,
  avatarUrl: null,
  isActive: user.isActive,
  hasPasswordAuth: user.passwordHash !== null,
  isManaged: false,
  dateJoined: instant(user.dateJoined),
  lastLogin: instantOrNull(user.lastLogin),
  has2fa: false,
  lastActive: instantOrNull(user.lastLogin),
  isSuperuser: false,
  isStaff: false,
  isSuspended: false,
  experiments: {},
  emails: emails.map(({ id, email, isVerified }) => ({ id: String(id), email, is_verified: isVerified })),
  avatar: { avatarType: "letter_avatar", avatarUuid: null },
});

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
