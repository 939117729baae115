import { AppError, isServerFault, notFound, toAppError } from "@landfall/core/kernel/app-error";
import { ANONYMOUS_BYTES } from "@landfall/core/kernel/limits";
import { type BodyBudget, readRequestBody } from "@landfall/core/kernel/request-body";
import { HTTP_STATUS } from "@landfall/schema/error";
import { type CookieToSet, setCookieHeader } from "./cookies.ts";
import type { Auth, RedirectWithCookies } from "./create-auth.ts";
import { AUTH_PATH } from "./engine.ts";

export type AuthHandlerOptions = {
  readonly auth: Auth;
  readonly bodies: BodyBudget;
  /** Called with each error that is the server's fault: a bug, or a failure of the database or a disk. */
  readonly onBug: (error: unknown, requestId: string | null) => void;
};

type Route = { readonly method: "GET" | "POST"; readonly serve: (request: Request) => Promise<Response> };

/**
 * Sign-in and sign-out as a fetch handler below `/api/auth`. `POST sign-in/password` with `{email, password}` in JSON and `POST sign-out`
 * return 204. With an OpenID Connect provider, `GET sign-in/oidc?next=/path` and `GET callback/oidc` redirect the browser. Errors have the
 * body `{detail, issues}`.
 */
export function authHandler({ auth, bodies, onBug }: AuthHandlerOptions): (request: Request) => Promise<Response> {
  const routes = routesOf(auth, bodies);
  return async (request) => {
    try {
      const route = routes.get(new URL(request.url).pathname);
      if (!route) throw notFound("No such route of the sign-in.");
      if (route.method === request.method) return await route.serve(request);
      return respond(405, { detail: `Method "${request.method}" not allowed.` }, [["Allow", route.method]]);
    } catch (error) {
      if (isServerFault(error)) onBug(error, request.headers.get("x-request-id"));
      const failure = toAppError(error);
      if (!failure) return respond(500, { detail: "Internal Error" });
      const { code, message, issues, retryAfter } = failure;
      return respond(HTTP_STATUS[code], { detail: message, issues }, retryAfter === null ? [] : [["Retry-After", String(retryAfter)]]);
    }
  };
}

function routesOf(auth: Auth, bodies: BodyBudget): ReadonlyMap<string, Route> {
  const password: Route = {
    method: "POST",
    serve: async (request) => respond(204, null, setCookies(await auth.signIn(request, await readJson(request, bodies)))),
  };
  const signOut: Route = { method: "POST", serve: async (request) => respond(204, null, setCookies(await auth.signOut(request))) };
  const startOidc: Route = {
    method: "GET",
    serve: async (request) => {
      const next = new URL(request.url).searchParams.get("next") ?? "/";
      return redirect((await auth.startOidc(request, next)) ?? { url: "/sign-in?error=provider_unavailable", cookies: [] });
    },
  };
  const finishOidc: Route = { method: "GET", serve: async (request) => redirect(await auth.finishOidc(request)) };
  return new Map([
    [`${AUTH_PATH}/sign-in/password`, password],
    [`${AUTH_PATH}/sign-out`, signOut],
    ...(auth.hasProvider
      ? ([
          [`${AUTH_PATH}/sign-in/oidc`, startOidc],
          [`${AUTH_PATH}/callback/oidc`, finishOidc],
        ] as const)
      : []),
  ]);
}

/** Reads a JSON body. Another site's form cannot send JSON without a preflight request. */
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
    throw new AppError("invalid", "The body is not valid JSON.", { cause: error });
  }
}

type HeaderLine = readonly [name: string, value: string];

const setCookies = (cookies: readonly CookieToSet[]): HeaderLine[] => cookies.map((cookie) => ["Set-Cookie", setCookieHeader(cookie)]);

const redirect = ({ url, cookies }: RedirectWithCookies): Response => respond(303, null, [["Location", url], ...setCookies(cookies)]);

function respond(status: number, body: unknown, headers: readonly HeaderLine[] = []): Response {
  const all = new Headers({ "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer" });
  for (const [name, value] of headers) all.append(name, value);
  if (body !== null) all.set("Content-Type", "application/json");
  return new Response(body === null ? null : JSON.stringify(body), { status, headers: all });
}
