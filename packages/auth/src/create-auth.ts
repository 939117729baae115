import { AsyncLocalStorage } from "node:async_hooks";
import type { App, RequestFacts } from "@landfall/core/kernel/app";
import { unauthenticated } from "@landfall/core/kernel/app-error";
import { assertSameSite, type BrowserRequest, requestOrigin } from "@landfall/core/kernel/browser-request";
import type { Context } from "@landfall/core/kernel/context";
import { CLIENT_ADDRESS_HEADER } from "@landfall/core/kernel/request-body";
import { changePassword } from "@landfall/core/operations/accounts/passwords";
import { type AuthenticatedUser, checkSignIn } from "@landfall/core/operations/accounts/sign-in";
import { cookieSecret } from "@landfall/core/records/accounts/sessions";
import { findUser } from "@landfall/core/records/users";
import type { ChangedPasswordView } from "@landfall/schema/organizations/accounts";
import type { CookieToSet } from "./cookies.ts";
import type { CookieWithoutSecure, Engine, OidcOptions } from "./engine.ts";
import { safePath } from "./sign-in-page.ts";

export type AuthOptions = {
  readonly app: App;
  /** Null allows sign-in by password only. */
  readonly oidc?: OidcOptions | null;
  /** Called with a description of each problem between this server and the OpenID Connect provider. */
  readonly onProblem?: (message: string) => void;
};

/** A redirect, with the cookies to set. */
export type RedirectWithCookies = { readonly url: string; readonly cookies: readonly CookieToSet[] };

/** Signs people in and out. Requests come from a browser; those that write must come from a page of this server. */
export interface Auth {
  /** Whether people may also sign in with an OpenID Connect provider. */
  readonly hasProvider: boolean;
  /**
   * Signs in with `{email, password}` and returns the cookies of the session. Throws `invalid` per field, `unauthenticated`, `rate_limited`,
   * `unavailable`, and `forbidden` for a cross-site request.
   */
  signIn(request: BrowserRequest, credentials: unknown): Promise<readonly CookieToSet[]>;
  /** Ends the session of the request. Throws `forbidden` for a cross-site request. */
  signOut(request: BrowserRequest): Promise<readonly CookieToSet[]>;
  /**
   * Changes the caller's password, which ends all their sessions, and signs them in again. Returns the cookies of the new session. Throws the
   * errors of the operation, `unauthenticated` without a session, and `forbidden` for a cross-site request.
   */
  changePassword(request: BrowserRequest, input: unknown): Promise<ChangedPasswordView & { readonly cookies: readonly CookieToSet[] }>;
  /** Returns the redirect to the provider, which leads back to `next`, a path of this server. Null if none is configured or it cannot be reached. */
  startOidc(request: BrowserRequest, next: string): Promise<RedirectWithCookies | null>;
  /** Returns the redirect after the callback of the provider: to the page, signed in, or to the sign-in page with `?error=`. */
  finishOidc(request: Request): Promise<RedirectWithCookies>;
}

/** Creates the sign-in of an application. better-auth is loaded at the first sign-in. */
export function createAuth({ app, oidc = null, onProblem = () => {} }: AuthOptions): Auth {
  const requests = new AsyncLocalStorage<Context>();
  let engine: Promise<Engine> | undefined;

  async function loadEngine(context: Context): Promise<Engine> {
    const secret = await cookieSecret(context);
    const { betterAuthEngine } = await import("./better-auth-engine.ts");
    return betterAuthEngine({ origin: app.origin, secret, oidc, current: currentContext, onProblem });
  }

  function currentContext(): Context {
    const context = requests.getStore();
    if (!context) throw new Error("better-auth used its storage outside of a request");
    return context;
  }

  /** Runs `work` in the context of a request. If the engine cannot be loaded, the next request tries again. */
  async function withEngine<T>(context: Context, work: (engine: Engine) => Promise<T>): Promise<T> {
    engine ??= loadEngine(context).catch((error: unknown) => {
      engine = undefined;
      throw error;
    });
    const loaded = await engine;
    return requests.run(context, () => work(loaded));
  }

  const factsOf = (request: BrowserRequest): RequestFacts => ({
    authorization: null,
    userAgent: request.headers.get("user-agent"),
    requestId: request.headers.get("x-request-id"),
    requestedOrigin: () => requestOrigin(request),
  });
  const contextOf = (request: BrowserRequest) => app.contextOf(factsOf(request));

  function withSecure(cookies: readonly CookieWithoutSecure[], request: BrowserRequest): CookieToSet[] {
    const secure = app.origin.startsWith("https:") || requestOrigin(request).startsWith("https:");
    return cookies.map((cookie) => ({ ...cookie, secure }));
  }

  return {
    hasProvider: oidc !== null,
    async signIn(request, credentials) {
      assertSameSite(request, app.origin);
      const context = await contextOf(request);
      const user = await checkSignIn(context, credentials, request.headers.get(CLIENT_ADDRESS_HEADER) ?? "");
      return withSecure(await withEngine(context, (engine) => engine.signIn(user, forwardedHeaders(request))), request);
    },
    async signOut(request) {
      assertSameSite(request, app.origin);
      return withSecure(await withEngine(await contextOf(request), (engine) => engine.signOut(forwardedHeaders(request))), request);
    },
    async changePassword(request, input) {
      assertSameSite(request, app.origin);
      const context = await app.contextOf({ ...factsOf(request), browser: request });
      const changed = await changePassword.call(context, {}, () => input);
      const user = await findCaller(context);
      const cookies = await withEngine(context, (engine) => engine.signIn(user, forwardedHeaders(request)));
      return { ...changed, cookies: withSecure(cookies, request) };
    },
    async startOidc(request, next) {
      if (oidc === null) return null;
      const redirect = await withEngine(await contextOf(request), (engine) => engine.startOidc(safePath(next), forwardedHeaders(request)));
      return redirect && { url: redirect.url, cookies: withSecure(redirect.cookies, request) };
    },
    async finishOidc(request) {
      const forwarded = new Request(request.url, { headers: forwardedHeaders(request) });
      const { url, cookies } = await withEngine(await contextOf(request), (engine) => engine.finishOidc(forwarded));
      return { url, cookies: withSecure(cookies, request) };
    },
  };
}

/** The headers that better-auth needs. */
function forwardedHeaders({ headers }: BrowserRequest): Headers {
  const forwarded = ["cookie", "user-agent", CLIENT_ADDRESS_HEADER].flatMap((name): [string, string][] => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return new Headers(forwarded);
}

async function findCaller({ actor, store }: Context): Promise<AuthenticatedUser> {
  const person = actor?.kind === "user" ? await findUser(store.read, actor.userId) : undefined;
  if (!person) throw unauthenticated();
  const { id, name, email, dateJoined } = person.user;
  return { id, name, email, dateJoined };
}
