import type { Context } from "@landfall/core/kernel/context";
import type { AuthenticatedUser } from "@landfall/core/operations/accounts/sign-in";
import type { CookieToSet } from "./cookies.ts";

/** Whom people may sign in with besides a password: an OpenID Connect provider, and as whom this server asks it. */
export type OidcOptions = { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };

export type EngineOptions = {
  /** The address people reach this server at, without a trailing slash. */
  readonly origin: string;
  /** What cookies are signed with. */
  readonly secret: string;
  readonly oidc: OidcOptions | null;
  /** The context of the request that is being served. */
  readonly current: () => Context;
  /** Told what goes wrong between this server and the provider, in words. */
  readonly onProblem: (message: string) => void;
};

/** A cookie before it is known whether the connection is encrypted. */
export type CookieWithoutSecure = Omit<CookieToSet, "secure">;

/** What makes and ends sessions and speaks OpenID Connect, once it is known who may. */
export interface Engine {
  /** Signs in somebody who has proved who they are. */
  start(user: AuthenticatedUser, headers: Headers): Promise<readonly CookieWithoutSecure[]>;
  /** Ends the session of the cookie in `headers`, if there is one. */
  end(headers: Headers): Promise<readonly CookieWithoutSecure[]>;
  /** Where to send somebody who wants to sign in with the provider, and afterwards on to `next`; null when it cannot be reached. */
  leave(next: string, headers: Headers): Promise<{ readonly url: string; readonly cookies: readonly CookieWithoutSecure[] } | null>;
  /** Where to send somebody who comes back from the provider: on, signed in, or to the sign-in page with `?error=`. */
  comeBack(request: Request): Promise<{ readonly url: string; readonly cookies: readonly CookieWithoutSecure[] }>;
}
