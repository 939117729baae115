import { and, eq, type SQL } from "drizzle-orm";
import { type MutationContext, recordAudit } from "../audit/record-audit.ts";

/** Ends a person's sessions, or those of them that `which` selects, and writes an audit event for each. Returns how many. */
export async function endSessions(on: MutationContext, userId: number, which?: SQL): Promise<number> {
  const { sessions, users } = on.tx.tables;
  const ended = await on.tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), which))
    .returning({ id: sessions.id });
  if (ended.length === 0) return 0;
  const [user] = await on.tx.select({ email: users.email }).from(users).where(eq(users.id, userId));
  for (const { id } of ended) {
    await recordAudit(on, { organizationId: null, action: "session.end", target: user?.email ?? "", details: { id } });
  }
  return ended.length;
}
