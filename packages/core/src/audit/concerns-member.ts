import type { Reader } from "@landfall/db/store";
import { and, type Column, eq, exists, lte, or, type SQL, sql } from "drizzle-orm";
import { hasNoun } from "./of-noun.ts";

type AuditColumns = { readonly actor: Column; readonly action: Column; readonly target: Column; readonly dateCreated: Column };

/** What people do about themselves, whatever organization they are in. */
const OWN_NOUNS = ["session", "identity", "token"];

/**
 * Whether a row that belongs to no organization is about somebody who was a member of this one when it happened: signing in and out,
 * their personal tokens, and their account and password, which the server itself may have changed. What somebody did before they
 * joined is told to nobody here.
 */
export function isAboutMember(db: Reader, organizationId: number, { actor, action, target, dateCreated }: AuditColumns): SQL | undefined {
  const { members, userEmails } = db.tables;
  const addressed = db.select({ userId: userEmails.userId }).from(userEmails).where(eq(userEmails.email, target));
  const own = or(...OWN_NOUNS.map((noun) => hasNoun(action, noun)));
  const acting = sql`case when ${actor} like 'user:%' then cast(substr(${actor}, 6) as bigint) end`;
  const who = sql`case when ${hasNoun(action, "user")} then (${addressed}) when ${own} then ${acting} end`;
  return exists(
    db
      .select({ one: sql`1` })
      .from(members)
      .where(and(eq(members.organizationId, organizationId), eq(members.userId, who), lte(members.dateCreated, dateCreated))),
  );
}
