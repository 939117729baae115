import { CLIENT_ADDRESS_HEADER } from "@landfall/core/kernel/request-body";
import { SESSION_SECONDS } from "@landfall/core/records/sessions";
import { createAuthEndpoint, isAPIError } from "better-auth/api";
import { parseSetCookieHeader, setSessionCookie } from "better-auth/cookies";
import { betterAuth } from "better-auth/minimal";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import * as z from "zod";
import type { CookieWithoutSecure, Engine, EngineOptions, OidcOptions } from "./engine.ts";
import { storeAdapter } from "./store-adapter.ts";

/** What the provider is called in the address it sends people back to. */
const OIDC = "oidc";

const SIGN_IN_PAGE = "/sign-in";

/**
 * The engine on better-auth. Passwords are compared and tries counted before it is asked, and it never makes people. Importing this
 * module costs tens of megabytes, so the server does that at the first sign-in.
 */
export function betterAuthEngine(options: EngineOptions): Engine {
  const { api, handler } = createBetterAuth(options);
  return {
    async start(user, headers) {
      const answer = await api.startSession({ body: { ...user, id: String(user.id) }, headers, returnHeaders: true });
      return readSetCookies(answer.headers);
    },
    async end(headers) {
      const answer = await api.signOut({ headers, returnHeaders: true });
      return readSetCookies(answer.headers);
    },
    async leave(next, headers) {
      try {
        const body = { provider: OIDC, callbackURL: next, errorCallbackURL: SIGN_IN_PAGE, disableRedirect: true };
        const answer = await api.signInSocial({ body, headers, returnHeaders: true });
        const { url } = answer.response;
        return url === undefined ? null : { url, cookies: readSetCookies(answer.headers) };
      } catch (error) {
        if (isAPIError(error)) return null;
        throw error;
      }
    },
    async comeBack(request) {
      const response = await handler(request);
      const url = response.headers.get("location") ?? `${SIGN_IN_PAGE}?error=internal_server_error`;
      return { url, cookies: readSetCookies(response.headers) };
    },
  };
}

const createBetterAuth = ({ origin, secret, oidc, current, onProblem }: EngineOptions) =>
  betterAuth({
    appName: "Landfall",
    baseURL: origin,
    basePath: "/api/auth",
    secret,
    database: storeAdapter(current),
    plugins: [startSession, genericOAuth({ config: oidc ? [oidcProvider(oidc)] : [] })],
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true },
    account: {
      // Needs no table, and nothing is written for people who never come back.
      storeStateStrategy: "cookie",
      updateAccountOnSignIn: false,
      accountLinking: { enabled: true, requireLocalEmailVerified: true },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    onAPIError: { errorURL: SIGN_IN_PAGE },
    logger: { level: "error", log: (_level, message) => onProblem(message) },
    advanced: {
      cookiePrefix: "landfall",
      // Whether a connection is encrypted can differ from request to request: `Secure` is added to each answer.
      useSecureCookies: false,
      database: { generateId: "serial" },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
  });

/** Only people who are here already, found by an address that the provider has verified. */
const oidcProvider = ({ issuer, clientId, clientSecret }: OidcOptions) => ({
  providerId: OIDC,
  discoveryUrl: `${issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`,
  clientId,
  clientSecret,
  scopes: ["openid", "email", "profile"],
  requireIdTokenVerification: true,
  disableSignUp: true,
  disableProviderLogout: true,
});

const User = z.object({ id: z.string(), name: z.string(), email: z.string(), dateJoined: z.date() });

/** Signs in somebody who has proved who they are. Not reachable over HTTP. */
const startSession = {
  id: "start-session",
  endpoints: {
    startSession: createAuthEndpoint.serverOnly({ method: "POST", body: User, requireHeaders: true }, async (ctx): Promise<void> => {
      const { dateJoined, ...known } = ctx.body;
      const session = await ctx.context.internalAdapter.createSession(known.id);
      const user = { ...known, emailVerified: true, createdAt: dateJoined, updatedAt: dateJoined };
      await setSessionCookie(ctx, { session, user });
    }),
  },
};

const readSetCookies = (headers: Headers): CookieWithoutSecure[] =>
  headers.getSetCookie().flatMap((line) =>
    [...parseSetCookieHeader(line)].map(([name, { value, "max-age": maxAge }]): CookieWithoutSecure => ({
      name,
      value,
      path: "/",
      httpOnly: true,
      sameSite: "lax",
      ...(maxAge === undefined ? {} : { maxAge }),
    })),
  );
