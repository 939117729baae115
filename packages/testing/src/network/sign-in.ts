import { createHash } from "node:crypto";
import { SESSION_COOKIE } from "@landfall/core/access/authenticate-session";
import type { App } from "@landfall/core/kernel/app";
import type { Context } from "@landfall/core/kernel/context";
import { openSession } from "@landfall/core/records/accounts/sessions";

/** A signed-in browser. */
export interface SignedInBrowser {
  readonly sessionId: number;
  /** The secret of the session cookie. */
  readonly token: string;
  /** The `Cookie` header of its requests. */
  readonly cookie: string;
  /** The context of a request from its pages. */
  context(): Promise<Context>;
}

let count = 0;

/** Signs a user in, as after a password sign-in. */
export async function signIn(
  app: App,
  userId: number,
  { ipAddress = "192.0.2.1", userAgent = "Mozilla/5.0 (test)" } = {},
): Promise<SignedInBrowser> {
  const token = createHash("sha256").update(`session ${++count}`).digest("hex").slice(0, 32);
  const anonymous = await app.contextOf({ authorization: null, userAgent, requestId: null });
  const { id: sessionId } = await openSession(anonymous, { userId, token, ipAddress, userAgent });
  const cookie = `${SESSION_COOKIE}=${token}.signature`;
  const browser = { method: "POST", url: `${app.origin}/api/trpc/`, headers: new Headers({ cookie, origin: app.origin }) };
  return { sessionId, token, cookie, context: () => app.contextOf({ authorization: null, userAgent, requestId: null, browser }) };
}
