import { anyOf } from "@landfall/db/any-of";
import { equalTo } from "@landfall/db/equal-to";
import { prepared } from "@landfall/db/prepared";
import type { UserEmailRow, UserRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, asc, eq, sql } from "drizzle-orm";
import type { UserWithEmails } from "./describe-user.ts";

/** People by id, with their addresses. */
export async function findUsers(db: Reader, ids: readonly number[]): Promise<Map<number, UserWithEmails>> {
  if (ids.length === 0) return new Map();
  return groupEmails(await selectById(db, { ids: JSON.stringify(ids) }));
}

/** The organization's active members by any of their addresses; `emails` in lower case. Keys are the addresses found. */
export async function findMembersByEmail(db: Reader, organizationId: number, emails: readonly string[]): Promise<Map<string, UserWithEmails>> {
  if (emails.length === 0) return new Map();
  const owners = await selectOwners(db, { organizationId, emails: JSON.stringify(emails) });
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

const selectById = prepared((db: Reader) => {
  const { users, userEmails } = db.tables;
  return db
    .select({ user: users, email: userEmails })
    .from(users)
    .leftJoin(userEmails, eq(userEmails.userId, users.id))
    .where(anyOf(users.id, "ids"))
    .orderBy(asc(userEmails.id))
    .prepare();
});

const selectOwners = prepared((db: Reader) => {
  const { users, userEmails, members } = db.tables;
  return db
    .select({ email: userEmails.email, userId: userEmails.userId })
    .from(userEmails)
    .innerJoin(users, and(eq(users.id, userEmails.userId), equalTo(users.isActive, true)))
    .innerJoin(members, and(eq(members.userId, users.id), equalTo(members.organizationId, sql.placeholder("organizationId"))))
    .where(anyOf(userEmails.email, "emails"))
    .prepare();
});
