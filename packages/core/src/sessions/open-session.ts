import type { SessionRow } from "@landfall/db/rows";
import { SCOPES } from "@landfall/schema/scope";
import { eq, lte } from "drizzle-orm";
import type { Actor } from "../access/actor.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Context } from "../context.ts";
import { hashToken } from "../tokens/hash-token.ts";

/** How long a sign-in lasts, used or not: 30 days, in seconds. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

const MAX_USER_AGENT_LENGTH = 256;

export type SessionDraft = {
  readonly userId: number;
  /** What the cookie will hold; only its sha256 is stored. */
  readonly token: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
};

/**
 * Signs a person in: stores the session, notes when they last signed in, writes the audit row, and clears away sessions that are over.
 * Not an operation: whoever calls it has proved who the person is.
 */
export async function openSession(context: Context, { userId, token, ipAddress, userAgent }: SessionDraft): Promise<SessionRow> {
  const now = context.now();
  const dateExpires = new Date(now.getTime() + SESSION_SECONDS * 1000);
  return context.store.transaction(async (tx) => {
    const { sessions, users } = tx.tables;
    await tx.delete(sessions).where(lte(sessions.dateExpires, now));
    const [session] = await tx
      .insert(sessions)
      .values({
        tokenHash: hashToken(token),
        userId,
        ipAddress,
        userAgent: userAgent?.slice(0, MAX_USER_AGENT_LENGTH) ?? null,
        dateCreated: now,
        dateLastUsed: now,
        dateExpires,
      })
      .returning();
    const [user] = await tx.update(users).set({ lastLogin: now }).where(eq(users.id, userId)).returning({ email: users.email });
    if (!session || !user) throw new Error("a session was not stored");
    const actor: Actor = { kind: "user", userId, tokenId: null, sessionId: session.id, scopes: new Set(SCOPES) };
    const details = { id: session.id, ipAddress };
    await recordAudit({ tx, actor, now, context }, { organizationId: null, action: "session.create", target: user.email, details });
    return session;
  });
}
