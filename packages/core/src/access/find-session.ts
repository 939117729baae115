import { equalTo } from "@landfall/db/equal-to";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { and, eq, sql } from "drizzle-orm";
import { hashToken } from "../tokens/hash-token.ts";

/** A session that is not over, of a person who may use it. */
export type FoundSession = {
  readonly id: number;
  readonly userId: number;
  readonly dateCreated: Date;
  readonly dateLastUsed: Date;
  readonly dateExpires: Date;
};

/** The session with this token, found by its sha256. Null when it is unknown or over, or the person was deactivated. One statement. */
export async function findSession(db: Reader, token: string, now: Date): Promise<FoundSession | null> {
  const [found] = await selectSession(db, { hash: hashToken(token) });
  return found && found.dateExpires > now ? found : null;
}

const selectSession = prepared((db: Reader) => {
  const { sessions, users } = db.tables;
  return db
    .select({
      id: sessions.id,
      userId: sessions.userId,
      dateCreated: sessions.dateCreated,
      dateLastUsed: sessions.dateLastUsed,
      dateExpires: sessions.dateExpires,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), equalTo(users.isActive, true)))
    .where(equalTo(sessions.tokenHash, sql.placeholder("hash")))
    .prepare();
});
