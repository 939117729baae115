import { CLIENT_ADDRESS_HEADER } from "@landfall/core/kernel/request-body";
import { SESSION_SECONDS } from "@landfall/core/records/accounts/sessions";
import { createAuthEndpoint, isAPIError } from "better-auth/api";
import { parseSetCookieHeader, setSessionCookie } from "better-auth/cookies";
import { betterAuth } from "better-auth/minimal";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import * as z from "zod";
import { AUTH_PATH, type CookieWithoutSecure, type Engine, type EngineOptions, type OidcOptions } from "./engine.ts";
import { storeAdapter } from "./store-adapter.ts";

/** The id of the provider, which is part of the callback URL. */
const OIDC = "oidc";

const SIGN_IN_PAGE = "/sign-in";

/**
 * The engine on better-auth. Its callers verify passwords and count attempts, and it never creates users. Importing this module takes tens
 * of megabytes, so the server does it at the first sign-in.
 */
export function betterAuthEngine(options: EngineOptions): Engine {
  const { api, handler } = createBetterAuth(options);
  return {
    async signIn(user, headers) {
      const result = await api.startSession({ body: { ...user, id: String(user.id) }, headers, returnHeaders: true });
      return readSetCookies(result.headers);
    },
    async signOut(headers) {
      const result = await api.signOut({ headers, returnHeaders: true });
      return readSetCookies(result.headers);
    },
    async startOidc(next, headers) {
      try {
        const body = { provider: OIDC, callbackURL: next, errorCallbackURL: SIGN_IN_PAGE, disableRedirect: true };
        const result = await api.signInSocial({ body, headers, returnHeaders: true });
        const { url } = result.response;
        return url === undefined ? null : { url, cookies: readSetCookies(result.headers) };
      } catch (error) {
        if (isAPIError(error)) return null;
        throw error;
      }
    },
    async finishOidc(request) {
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
    basePath: AUTH_PATH,
    secret,
    database: storeAdapter(current),
    plugins: [startSession, genericOAuth({ config: oidc ? [oidcProvider(oidc)] : [] })],
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true },
    account: {
      // Needs no table, and writes nothing for sign-ins that are not completed.
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
      // Connections may differ in encryption, so `create-auth` adds `Secure` to the cookies of each response.
      useSecureCookies: false,
      database: { generateId: "serial" },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
  });

/** Only existing users can sign in, found by an email address that the provider has verified. */
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

/** Creates a session for an authenticated user. Not reachable over HTTP. */
const startSession = {
  id: "start-session",
  endpoints: {
    startSession: createAuthEndpoint.serverOnly({ method: "POST", body: User, requireHeaders: true }, async (ctx): Promise<void> => {
      const { dateJoined, ...account } = ctx.body;
      const session = await ctx.context.internalAdapter.createSession(account.id);
      const user = { ...account, emailVerified: true, createdAt: dateJoined, updatedAt: dateJoined };
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
