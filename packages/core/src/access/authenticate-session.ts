import type { Reader } from "@landfall/db/store";
import { SCOPES, type Scope } from "@landfall/schema/scope";
import type { UserActor } from "./actor.ts";
import { type BrowserRequest, assertSameSite } from "./browser-request.ts";
import { findSession } from "./find-session.ts";
import { sessionToken } from "./session-cookie.ts";

/** Somebody signed in, and when their session was last noted as used. */
export type LiveSession = { readonly actor: UserActor & { readonly sessionId: number }; readonly dateLastUsed: Date };

/** A person in front of a browser may do whatever their role allows. */
const ALL_SCOPES: ReadonlySet<Scope> = new Set(SCOPES);

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
  return { actor: { kind: "user", userId, tokenId: null, sessionId, scopes: ALL_SCOPES }, dateLastUsed };
}
