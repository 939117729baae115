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

/** The actor of a session, and the date of its last use as stored. */
export type LiveSession = { readonly actor: SessionActor; readonly dateLastUsed: Date };

/**
 * Authenticates a request by its session cookie. Returns null without a cookie, for an unknown or expired session, and for a deactivated user.
 * One statement, and none without a cookie. The session's token is sufficient proof; the signature of the cookie is not verified. Throws
 * `forbidden` for a cross-site request that writes.
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

/** A session that has not expired, of an active user. */
export type FoundSession = {
  readonly id: number;
  readonly userId: number;
  readonly dateCreated: Date;
  readonly dateLastUsed: Date;
  readonly dateExpires: Date;
};

/** Finds a session by its token. Returns null if it is unknown or expired, or the user was deactivated. One statement. */
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

/** The session cookie. Its value is the session's token, a dot, and a signature that only protects the cookie itself. */
export const SESSION_COOKIE = "landfall.session_token";

const COOKIE_PATTERN = new RegExp(String.raw`(?:^|;)[ \t]*${RegExp.escape(SESSION_COOKIE)}=([A-Za-z0-9]{32})(?:\.|;|$)`);

/** The session token in a `Cookie` header; null if there is none of the right form. */
export const sessionToken = (cookies: string): string | null => COOKIE_PATTERN.exec(cookies)?.[1] ?? null;

/** A signed-in user, with their session. */
export type SignedInUser = { readonly userId: number; readonly sessionId: number };

/** Returns the signed-in user. Throws `forbidden` for a token, so that a leaked one can neither list nor end sessions. */
export function requireSession(actor: Actor): SignedInUser {
  if (actor.kind === "user" && actor.sessionId !== undefined) return { userId: actor.userId, sessionId: actor.sessionId };
  throw new AppError("forbidden", "This requires a signed-in user. Tokens are not accepted.");
}

/** For operations on the signed-in user. Throws 403 for tokens. */
export const atSignedIn: Locator<Record<never, never>, SignedInUser> = {
  params: z.object({}),
  locate: async ({ actor }) => requireSession(actor),
};
