import { AppError, isServerFault, toAppError } from "@landfall/core/kernel/app-error";
import { ANONYMOUS_BYTES } from "@landfall/core/kernel/limits";
import { type BodyBudget, readRequestBody } from "@landfall/core/kernel/request-body";
import type { ErrorCode } from "@landfall/schema/error";
import { type CookieToSet, setCookieHeader } from "./cookies.ts";
import type { Auth, RedirectWithCookies } from "./create-auth.ts";

/** Where people sign in and out. */
const AUTH_PATH = "/api/auth";

export type AuthHandlerOptions = {
  readonly auth: Auth;
  readonly bodies: BodyBudget;
  /** Called for every failure that is not the caller's: a bug, or trouble of database and disks. */
  readonly onBug: (error: unknown, requestId: string | null) => void;
};

type Route = { readonly method: "GET" | "POST"; readonly serve: (request: Request) => Promise<Response> };

/**
 * Signing in and out as a fetch handler below `/api/auth`: `POST sign-in/password` with `{email, password}` in JSON and `POST sign-out`
 * answer 204; with a provider, `GET sign-in/oidc?next=/path` and `GET callback/oidc` send the browser on. Failures are
 * `{detail, issues}`.
 */
export function authHandler({ auth, bodies, onBug }: AuthHandlerOptions): (request: Request) => Promise<Response> {
  const routes = routesOf(auth, bodies);
  return async (request) => {
    try {
      const route = routes.get(new URL(request.url).pathname);
      if (!route) throw new AppError("not_found", "The requested resource does not exist");
      if (route.method === request.method) return await route.serve(request);
      return respond(405, { detail: `Method "${request.method}" not allowed.` }, [["Allow", route.method]]);
    } catch (error) {
      if (isServerFault(error)) onBug(error, request.headers.get("x-request-id"));
      const failure = toAppError(error);
      if (!failure) return respond(500, { detail: "Internal Error" });
      const { code, message, issues, retryAfter } = failure;
      return respond(STATUS[code], { detail: message, issues }, retryAfter === null ? [] : [["Retry-After", String(retryAfter)]]);
    }
  };
}

function routesOf(auth: Auth, bodies: BodyBudget): ReadonlyMap<string, Route> {
  const password: Route = {
    method: "POST",
    serve: async (request) => respond(204, null, setCookies(await auth.signIn(request, await readJson(request, bodies)))),
  };
  const signOut: Route = { method: "POST", serve: async (request) => respond(204, null, setCookies(await auth.signOut(request))) };
  const leave: Route = {
    method: "GET",
    serve: async (request) => {
      const next = new URL(request.url).searchParams.get("next") ?? "/";
      return redirect((await auth.leave(request, next)) ?? { url: "/sign-in?error=provider_unavailable", cookies: [] });
    },
  };
  const comeBack: Route = { method: "GET", serve: async (request) => redirect(await auth.comeBack(request)) };
  return new Map([
    [`${AUTH_PATH}/sign-in/password`, password],
    [`${AUTH_PATH}/sign-out`, signOut],
    ...(auth.hasProvider
      ? ([
          [`${AUTH_PATH}/sign-in/oidc`, leave],
          [`${AUTH_PATH}/callback/oidc`, comeBack],
        ] as const)
      : []),
  ]);
}

/** Another site's form cannot send JSON without asking first. */
async function readJson(request: Request, bodies: BodyBudget): Promise<unknown> {
  const [type = ""] = (request.headers.get("content-type") ?? "").split(";", 1);
  if (type.trim().toLowerCase() !== "application/json") throw new AppError("unsupported_media_type", "Send application/json.");
  const length = request.headers.get("content-length");
  if (length === null || Number(length) > ANONYMOUS_BYTES)
    throw new AppError("too_large", `Send a body, and its length, of at most ${ANONYMOUS_BYTES} bytes.`);
  const bytes = await readRequestBody(request, ANONYMOUS_BYTES, bodies);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new AppError("invalid", "The body is no JSON.", { cause: error });
  }
}

const STATUS: Record<ErrorCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  unavailable: 503,
  storage_full: 507,
};

type HeaderLine = readonly [name: string, value: string];

const setCookies = (cookies: readonly CookieToSet[]): HeaderLine[] => cookies.map((cookie) => ["Set-Cookie", setCookieHeader(cookie)]);

const redirect = ({ url, cookies }: RedirectWithCookies): Response => respond(303, null, [["Location", url], ...setCookies(cookies)]);

function respond(status: number, body: unknown, headers: readonly HeaderLine[] = []): Response {
  const all = new Headers({ "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer" });
  for (const [name, value] of headers) all.append(name, value);
  if (body !== null) all.set("Content-Type", "application/json");
  return new Response(body === null ? null : JSON.stringify(body), { status, headers: all });
}
