import type { Context } from "@landfall/core/kernel/context";
import type { AuthenticatedUser } from "@landfall/core/operations/accounts/sign-in";
import type { CookieToSet } from "./cookies.ts";

/** The path below which people sign in and out. */
export const AUTH_PATH = "/api/auth";

/** The OpenID Connect provider for signing in, and this server's client at it. */
export type OidcOptions = { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };

export type EngineOptions = {
  /** The URL of this server, without a trailing slash. */
  readonly origin: string;
  /** The key for signing cookies. */
  readonly secret: string;
  readonly oidc: OidcOptions | null;
  /** Returns the context of the current request. */
  readonly current: () => Context;
  /** Called with a description of each problem between this server and the provider. */
  readonly onProblem: (message: string) => void;
};

/** A cookie without `Secure`, which depends on the connection. */
export type CookieWithoutSecure = Omit<CookieToSet, "secure">;

/** Creates and ends sessions, and implements OpenID Connect. It does not verify passwords. */
export interface Engine {
  /** Creates a session for a user who has been authenticated. */
  signIn(user: AuthenticatedUser, headers: Headers): Promise<readonly CookieWithoutSecure[]>;
  /** Ends the session of the cookie in `headers`, if there is one. */
  signOut(headers: Headers): Promise<readonly CookieWithoutSecure[]>;
  /** Returns the redirect to the provider, which leads to `next` after the sign-in; null if the provider cannot be reached. */
  startOidc(next: string, headers: Headers): Promise<{ readonly url: string; readonly cookies: readonly CookieWithoutSecure[] } | null>;
  /** Returns the redirect after the callback of the provider: to the page, signed in, or to the sign-in page with `?error=`. */
  finishOidc(request: Request): Promise<{ readonly url: string; readonly cookies: readonly CookieWithoutSecure[] }>;
}
