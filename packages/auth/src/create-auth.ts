import { AsyncLocalStorage } from "node:async_hooks";
import type { App, RequestFacts } from "@landfall/core/kernel/app";
import { unauthenticated } from "@landfall/core/kernel/app-error";
import { assertSameSite, type BrowserRequest, requestOrigin } from "@landfall/core/kernel/browser-request";
import type { Context } from "@landfall/core/kernel/context";
import { CLIENT_ADDRESS_HEADER } from "@landfall/core/kernel/request-body";
import { changePassword } from "@landfall/core/operations/accounts/passwords";
import { type AuthenticatedUser, checkSignIn } from "@landfall/core/operations/accounts/sign-in";
import { cookieSecret } from "@landfall/core/records/sessions";
import { findUser } from "@landfall/core/records/users";
import type { ChangedPasswordView } from "@landfall/schema/organizations/accounts";
import type { CookieToSet } from "./cookies.ts";
import type { CookieWithoutSecure, Engine, OidcOptions } from "./engine.ts";
import { safePath } from "./sign-in-page.ts";

export type AuthOptions = {
  readonly app: App;
  /** Null lets people in by password only. */
  readonly oidc?: OidcOptions | null;
  /** Told what goes wrong between this server and the OpenID Connect provider, in words. */
  readonly onProblem?: (message: string) => void;
};

/** Where to send a browser, and what it is to remember. */
export type RedirectWithCookies = { readonly url: string; readonly cookies: readonly CookieToSet[] };

/** The signing in and out of people. Requests are those of a browser; each that changes something must come from a page of this server. */
export interface Auth {
  /** Whether people may also sign in with an OpenID Connect provider. */
  readonly hasProvider: boolean;
  /**
   * Signs in by `{email, password}`, which is checked here. Throws `invalid` per field, `unauthenticated`, `rate_limited`, `unavailable`,
   * and `forbidden` for a request from another site's page.
   */
  signIn(request: BrowserRequest, credentials: unknown): Promise<readonly CookieToSet[]>;
  /** Signs out whoever the request is from. Throws `forbidden` for a request from another site's page. */
  signOut(request: BrowserRequest): Promise<readonly CookieToSet[]>;
  /**
   * Changes the password of the person signed in, which ends all their sessions, and signs them in anew: returns the cookies of the new
   * session. Throws as the operation does, `unauthenticated` for nobody, and `forbidden` for a request from another site's page.
   */
  changePassword(request: BrowserRequest, given: unknown): Promise<ChangedPasswordView & { readonly cookies: readonly CookieToSet[] }>;
  /** The way to the provider, and back to `next`, a path of this server. Null when there is none or it cannot be reached. */
  leave(request: BrowserRequest, next: string): Promise<RedirectWithCookies | null>;
  /** The way on for somebody the provider sends back: signed in, or to the sign-in page, which `?error=` tells why. */
  comeBack(request: Request): Promise<RedirectWithCookies>;
}

/** The signing in and out of people over one application. better-auth is loaded when somebody first does. */
export function createAuth({ app, oidc = null, onProblem = () => {} }: AuthOptions): Auth {
  const requests = new AsyncLocalStorage<Context>();
  let opening: Promise<Engine> | undefined;

  async function open(context: Context): Promise<Engine> {
    const secret = await cookieSecret(context);
    const { betterAuthEngine } = await import("./better-auth-engine.ts");
    return betterAuthEngine({ origin: app.origin, secret, oidc, current, onProblem });
  }

  function current(): Context {
    const context = requests.getStore();
    if (!context) throw new Error("better-auth reached for its storage outside of a request");
    return context;
  }

  /** Runs `work` as part of this request. An engine that could not be opened is tried again by the next one. */
  async function within<T>(context: Context, work: (engine: Engine) => Promise<T>): Promise<T> {
    opening ??= open(context).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    const engine = await opening;
    return requests.run(context, () => work(engine));
  }

  const factsOf = (request: BrowserRequest): RequestFacts => ({
    authorization: null,
    userAgent: request.headers.get("user-agent"),
    requestId: request.headers.get("x-request-id"),
    requestedOrigin: () => requestOrigin(request),
  });
  const contextOf = (request: BrowserRequest) => app.contextOf(factsOf(request));

  function finished(cookies: readonly CookieWithoutSecure[], request: BrowserRequest): CookieToSet[] {
    const secure = app.origin.startsWith("https:") || requestOrigin(request).startsWith("https:");
    return cookies.map((cookie) => ({ ...cookie, secure }));
  }

  return {
    hasProvider: oidc !== null,
    async signIn(request, credentials) {
      assertSameSite(request, app.origin);
      const context = await contextOf(request);
      const user = await checkSignIn(context, credentials, request.headers.get(CLIENT_ADDRESS_HEADER) ?? "");
      return finished(await within(context, (engine) => engine.start(user, forwardedHeaders(request))), request);
    },
    async signOut(request) {
      assertSameSite(request, app.origin);
      return finished(await within(await contextOf(request), (engine) => engine.end(forwardedHeaders(request))), request);
    },
    async changePassword(request, given) {
      assertSameSite(request, app.origin);
      const context = await app.contextOf({ ...factsOf(request), browser: request });
      const changed = await changePassword.call(context, {}, () => given);
      const user = await findSignedUser(context);
      const cookies = await within(context, (engine) => engine.start(user, forwardedHeaders(request)));
      return { ...changed, cookies: finished(cookies, request) };
    },
    async leave(request, next) {
      if (oidc === null) return null;
      const way = await within(await contextOf(request), (engine) => engine.leave(safePath(next), forwardedHeaders(request)));
      return way && { url: way.url, cookies: finished(way.cookies, request) };
    },
    async comeBack(request) {
      const bare = new Request(request.url, { headers: forwardedHeaders(request) });
      const { url, cookies } = await within(await contextOf(request), (engine) => engine.comeBack(bare));
      return { url, cookies: finished(cookies, request) };
    },
  };
}

/** What of a request better-auth needs to know. */
function forwardedHeaders({ headers }: BrowserRequest): Headers {
  const kept = ["cookie", "user-agent", CLIENT_ADDRESS_HEADER].flatMap((name): [string, string][] => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return new Headers(kept);
}

async function findSignedUser({ actor, store }: Context): Promise<AuthenticatedUser> {
  const person = actor?.kind === "user" ? await findUser(store.read, actor.userId) : undefined;
  if (!person) throw unauthenticated();
  const { id, name, email, dateJoined } = person.user;
  return { id, name, email, dateJoined };
}
