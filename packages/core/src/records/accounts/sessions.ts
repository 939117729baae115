import type { Reader } from "@landfall/db/store";
import type { SessionRow } from "@landfall/db/tables/schema";
import { and, eq, lte, type SQL } from "drizzle-orm";
import { hashToken } from "../../access/token-text.ts";
import { sessionActor } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { type MutationContext, recordAudit } from "../audit.ts";

/** The lifetime of a session, used or not: 30 days, in seconds. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

const MAX_USER_AGENT_LENGTH = 256;

export type SessionDraft = {
  readonly userId: number;
  /** The secret in the cookie; only its sha256 is stored. */
  readonly token: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
};

/**
 * Creates a session: stores it, updates the date of the user's last sign-in, records the audit event, and deletes expired sessions. Not an
 * operation: the caller has authenticated the user.
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
    const actor = sessionActor(userId, session.id);
    const details = { id: session.id, ipAddress };
    await recordAudit({ tx, actor, now, context }, { organizationId: null, action: "session.create", target: user.email, details });
    return session;
  });
}

/** Ends the session with this token, if there is one. Not an operation: the token itself is the permission. */
export async function closeSession(context: Context, token: string): Promise<void> {
  await context.store.transaction(async (tx) => {
    const { sessions } = tx.tables;
    const [session] = await tx
      .select({ id: sessions.id, userId: sessions.userId })
      .from(sessions)
      .where(eq(sessions.tokenHash, hashToken(token)));
    if (!session) return;
    const { id: sessionId, userId } = session;
    const on = { tx, actor: sessionActor(userId, sessionId), now: context.now(), context };
    await endSessions(on, userId, eq(sessions.id, sessionId));
  });
}

/** Ends the sessions of a user, or the selected ones, and records an audit event for each. Returns how many were ended. */
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

const COOKIE_SECRET = "cookies";
const COOKIE_SECRET_BYTES = 32;

/**
 * Returns the key for signing cookies, the same for every process on this database, and creates it on first use. It gives no access by
 * itself: a session is found by its token, of which the database only has the sha256.
 */
export async function cookieSecret({ store, now, randomHex }: Context): Promise<string> {
  const existing = await readSecret(store.read);
  if (existing !== undefined) return existing;
  const value = randomHex(COOKIE_SECRET_BYTES);
  const dateCreated = now();
  return store.transaction(async (tx) => {
    await tx.insert(tx.tables.secrets).values({ name: COOKIE_SECRET, value, dateCreated }).onConflictDoNothing();
    const stored = await readSecret(tx);
    if (stored === undefined) throw new Error("a secret was not stored");
    return stored;
  });
}

async function readSecret(db: Reader): Promise<string | undefined> {
  const { secrets } = db.tables;
  const [found] = await db.select({ value: secrets.value }).from(secrets).where(eq(secrets.name, COOKIE_SECRET));
  return found?.value;
}
