import { equalTo } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { and, eq } from "drizzle-orm";
import * as z from "zod";
import { type Actor, sessionActor, type SessionActor } from "../kernel/actor.ts";
import { AppError } from "../kernel/app-error.ts";
import { assertSameSite, type BrowserRequest } from "../kernel/browser-request.ts";
import type { Locator } from "../kernel/operation.ts";
import { hashToken } from "./token-text.ts";

/** Somebody signed in, and when their session was last noted as used. */
export type LiveSession = { readonly actor: SessionActor; readonly dateLastUsed: Date };

/**
 * Who is signed in, by the cookie of a request. Null for nobody: no cookie, a session that is over, a person who was deactivated. One
 * statement, and none without a cookie. The session's token is the whole proof; the signature beside it is not looked at. Throws
 * `forbidden` for a request that writes and that another site's page may have made the browser send.
 */
export async function authenticateSession(
  db: Reader,
  request: BrowserRequest,
  { now, origin }: { readonly now: Date; readonly origin: string },
): Promise<LiveSession | null> {
  const cookies = request.headers.get("cookie");
  const token = cookies === null ? null : sessionToken(cookies);
  const found = token === null ? null : await findSession(db, token, now);
  if (!found) return null;
  assertSameSite(request, origin);
  const { id: sessionId, userId, dateLastUsed } = found;
  return { actor: sessionActor(userId, sessionId), dateLastUsed };
}

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

const selectSession = prepared((db: Reader, param: { hash: string }) => {
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
    .where(equalTo(sessions.tokenHash, param.hash))
    .prepare();
});

/** The cookie a session is kept in: the session's token, a dot, and a signature that only guards the cookie itself. */
export const SESSION_COOKIE = "landfall.session_token";

const COOKIE_PATTERN = new RegExp(String.raw`(?:^|;)[ \t]*${RegExp.escape(SESSION_COOKIE)}=([A-Za-z0-9]{32})(?:\.|;|$)`);

/** The session token in a `Cookie` header; null when there is none that could be one. */
export const sessionToken = (cookies: string): string | null => COOKIE_PATTERN.exec(cookies)?.[1] ?? null;

/** Who is signed in, and at which session. */
export type SignedInUser = { readonly userId: number; readonly sessionId: number };

/** The caller as somebody signed in. Throws `forbidden` for a token: one that leaked must not learn of sessions or end them. */
export function requireSession(actor: Actor): SignedInUser {
  if (actor.kind === "user" && actor.sessionId !== undefined) return { userId: actor.userId, sessionId: actor.sessionId };
  throw new AppError("forbidden", "Only somebody who is signed in may do this; a token may not.");
}

/** An operation about whoever is signed in. 403 for tokens. */
export const atSignedIn: Locator<Record<never, never>, SignedInUser> = {
  params: z.object({}),
  locate: async ({ actor }) => requireSession(actor),
};
