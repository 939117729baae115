import { anyOf, equalTo } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { Schema, UserEmailRow, UserRow } from "@landfall/db/tables/schema";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { UserView } from "@landfall/schema/organizations/accounts";
import { and, asc, eq, isNull, or, type SQL } from "drizzle-orm";
import { AppError } from "../kernel/app-error.ts";
import { type MutationContext, recordAudit } from "./audit.ts";

/** Finds users by id, with their email addresses. */
export async function findUsers(db: Reader, ids: readonly number[]): Promise<Map<number, UserWithEmails>> {
  if (ids.length === 0) return new Map();
  return groupEmails(await selectById(db, { ids }));
}

/** Finds the organization's active members by any of their email addresses, in lower case. Returns them by address. */
export async function findMembersByEmail(
  db: Reader,
  organizationId: number,
  emails: readonly string[],
): Promise<Map<string, UserWithEmails>> {
  if (emails.length === 0) return new Map();
  const owners = await selectOwners(db, { organizationId, emails });
  const users = await findUsers(db, [...new Set(owners.map((owner) => owner.userId))]);
  const found = new Map<string, UserWithEmails>();
  for (const { email, userId } of owners) {
    const user = users.get(userId);
    if (user) found.set(email, user);
  }
  return found;
}

function groupEmails(rows: readonly { user: UserRow; email: UserEmailRow | null }[]): Map<number, UserWithEmails> {
  const users = new Map<number, { user: UserRow; emails: UserEmailRow[] }>();
  for (const { user, email } of rows) {
    const found = users.get(user.id) ?? { user, emails: [] };
    if (email) found.emails.push(email);
    users.set(user.id, found);
  }
  return users;
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

/** Finds a user by id, with their email addresses. */
export async function findUser(db: Reader, id: number): Promise<UserWithEmails | undefined> {
  return (await findUsers(db, [id])).get(id);
}

export type UserWithEmails = { readonly user: UserRow; readonly emails: readonly UserEmailRow[] };

/** Describes a user for the API (contract 12.6). */
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
  /** Whether the email address counts as verified: only if the operator entered it. */
  readonly isVerified: boolean;
};

/**
 * Returns the user with this email address, who is created if necessary, and sets their password if they have none. Only for the operator,
 * since it gives access to an existing account. `changed` describes each change. Throws `conflict` if the user name is taken.
 */
export async function ensureUser(on: MutationContext, draft: UserDraft): Promise<{ user: UserRow; changed: readonly string[] }> {
  const user = await findByEmail(on.tx, draft.email);
  if (user) return { user, changed: (await setFirstPassword(on, user, draft.passwordHash)) ? [`password of ${user.email}`] : [] };
  return { user: await createUser(on, draft), changed: [`user ${draft.email}`] };
}

/** Creates a user. Throws `conflict` if the email address or the user name is taken. */
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
      `The user name ${draft.username} belongs to an account with another email address. Identify the owner by that address.`,
    );
  await tx.insert(userEmails).values({ userId: user.id, email: draft.email, isVerified });
  await recordAudit(on, { organizationId: null, action: "user.create", target: draft.email, details: { id: user.id } });
  return user;
}

/** The condition that a user has an email address that is known to be theirs: their primary one, or one that is verified. In lower case. */
export const hasTrustedEmail = ({ users, userEmails }: Schema, email: string): SQL | undefined =>
  and(eq(userEmails.email, email), or(eq(userEmails.isVerified, true), eq(users.email, email)));

/** Finds a user by an email address, primary or not, in lower case. */
export async function findByEmail(db: Reader, email: string): Promise<UserRow | undefined> {
  const { users, userEmails } = db.tables;
  const [found] = await db
    .select({ user: users })
    .from(userEmails)
    .innerJoin(users, eq(users.id, userEmails.userId))
    .where(eq(userEmails.email, email));
  return found?.user;
}

/** Sets a password only if the user has none. Returns whether it was set. */
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
