import type { Store } from "@landfall/db/store";
import { and, eq, lt } from "drizzle-orm";
import type { LiveSession } from "../access/authenticate-session.ts";

/** A session's use is stored at most once in this many milliseconds. */
const SESSION_INTERVAL = 5 * 60_000;

/** Remembers that a session is used; does nothing when that was remembered in the last five minutes. */
export async function recordSessionUse(store: Store, { actor, dateLastUsed }: LiveSession, now: Date): Promise<void> {
  if (now.getTime() - dateLastUsed.getTime() < SESSION_INTERVAL) return;
  await store.transaction(async (tx) => {
    const { sessions } = tx.tables;
    await tx
      .update(sessions)
      .set({ dateLastUsed: now })
      .where(and(eq(sessions.id, actor.sessionId), lt(sessions.dateLastUsed, now)));
  });
}
