import type { Reader } from "@landfall/db/store";
import { and, asc, eq, or, sql } from "drizzle-orm";
import { AppError, invalidField } from "../app-error.ts";

/**
 * The id of the member a release is to be owned by: a username, an address or an id (contract 3.1); null for none. Throws `invalid`
 * at `owner` when nobody is called so, or when they are not in the organization.
 */
export async function findOwner(db: Reader, organizationId: number, owner: string | number | null | undefined): Promise<number | null> {
  if (owner === undefined || owner === "") return null;
  const { users, userEmails, members } = db.tables;
  const name = String(owner ?? "");
  const id = /^\d{1,9}$/.test(name) ? eq(users.id, Number(name)) : undefined;
  const [found] = await db
    .select({ id: users.id, member: members.userId })
    .from(users)
    .leftJoin(userEmails, eq(userEmails.userId, users.id))
    .leftJoin(members, and(eq(members.userId, users.id), eq(members.organizationId, organizationId)))
    .where(and(eq(users.isActive, true), or(eq(users.username, name), eq(userEmails.email, name.toLowerCase()), id)))
    // Somebody may be called by digits that are another person's id.
    .orderBy(sql`case when ${users.username} = ${name} then 0 else 1 end`, asc(users.id))
    .limit(1);
  const { code, message, issues } = invalidField("owner", "Unable to find user");
  if (owner === null || !found) throw new AppError(code, message, { issues });
  // Over REST the contract prescribes another text for a person of another organization.
  const onWire = invalidField("owner", "User does not have access to this organization");
  if (found.member === null) throw new AppError(code, message, { issues, onWire });
  return found.id;
}
