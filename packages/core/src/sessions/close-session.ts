import { SCOPES } from "@landfall/schema/scope";
import { eq } from "drizzle-orm";
import type { Actor } from "../access/actor.ts";
import type { Context } from "../context.ts";
import { hashToken } from "../tokens/hash-token.ts";
import { endSessions } from "./end-sessions.ts";

/** Signs out: ends the session with this token. Not an operation: whoever holds the token may; an unknown one is nothing to end. */
export async function closeSession(context: Context, token: string): Promise<void> {
  await context.store.transaction(async (tx) => {
    const { sessions } = tx.tables;
    const [session] = await tx
      .select({ id: sessions.id, userId: sessions.userId })
      .from(sessions)
      .where(eq(sessions.tokenHash, hashToken(token)));
    if (!session) return;
    const { id: sessionId, userId } = session;
    const actor: Actor = { kind: "user", userId, tokenId: null, sessionId, scopes: new Set(SCOPES) };
    await endSessions({ tx, actor, now: context.now(), context }, userId, eq(sessions.id, sessionId));
  });
}
