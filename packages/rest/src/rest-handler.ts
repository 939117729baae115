import type { App } from "@landfall/core/kernel/app";
import { isServerFault } from "@landfall/core/kernel/app-error";
import { requestOrigin } from "@landfall/core/kernel/browser-request";
import type { Context } from "@landfall/core/kernel/context";
import { bodyLimit } from "@landfall/core/kernel/request-body";
import { Hono } from "hono";
import type * as z from "zod";
import { errorResponse } from "./http/error-response.ts";
import { openApiDocument } from "./http/open-api.ts";
import { queryObject, readBody, readParts } from "./http/read-request.ts";
import { CORS_MAX_AGE, corsHeaders, toResponse } from "./http/responses.ts";
import { hasBody, REST_PATH, type Route, type RouteResponse } from "./http/route.ts";
import { artifactBundleRoutes } from "./routes/artifact-bundles.ts";
import { commitRoutes } from "./routes/commits.ts";
import { meRoutes, organizationRoutes } from "./routes/organizations.ts";
import { projectReleaseRoutes } from "./routes/project-releases.ts";
import { projectRoutes } from "./routes/projects.ts";
import { releaseFileRoutes } from "./routes/release-files.ts";
import { serveReleaseHook, RELEASE_HOOK_PATH } from "./routes/release-hook.ts";
import { deployRoutes, releaseRoutes } from "./routes/releases.ts";
import { repositoryRoutes } from "./routes/repositories.ts";
import { assembleRoutes, chunkUploadRoutes } from "./routes/uploads.ts";

/**
 * Every route of the REST API. A route with a fixed path is listed before one that has a parameter in the same place.
 */
export const ROUTES: readonly Route[] = [
  ...meRoutes,
  ...organizationRoutes,
  ...chunkUploadRoutes,
  ...assembleRoutes,
  ...repositoryRoutes,
  ...releaseRoutes,
  ...releaseFileRoutes,
  ...commitRoutes,
  ...deployRoutes,
  ...projectRoutes,
  ...projectReleaseRoutes,
  ...artifactBundleRoutes,
];

export type RestOptions = {
  readonly app: App;
  /** Called with each error that is the server's fault (a bug, or a failure of the database or a disk) and the id of the request. */
  readonly onBug: (error: unknown, requestId: string | null) => void;
  /** Whether responses are validated against the declaration of their route. Expensive, so off in production. */
  readonly checkResponses?: boolean;
};

/** The REST API as a fetch handler: the routes below `/api/0` with their OpenAPI document, and the signed release webhook. */
export function restHandler(options: RestOptions): (request: Request) => Response | Promise<Response> {
  const hono = new Hono();
  for (const [path, routes] of Map.groupBy(ROUTES, (route) => `${REST_PATH}${route.path}`)) {
    const allow = allowedMethods(routes);
    for (const route of routes) hono.on(route.method, path, (c) => serveRoute(c.req.raw, c.req.param(), route, allow, options));
    hono.options(path, (c) => preflight(c.req.raw, allow));
    hono.all(path, (c) => methodNotAllowed(c.req.raw, allow));
  }
  let document: ReturnType<typeof openApiDocument> | undefined;
  hono.get(`${REST_PATH}/openapi.json`, () => toResponse({ status: 200, body: (document ??= openApiDocument(ROUTES)) }, {}));
  hono.post(RELEASE_HOOK_PATH, (c) =>
    respond(c.req.raw, { allow: "POST, OPTIONS", hasBody: true }, options, () => serveReleaseHook(options.app, c.req.raw, c.req.param())),
  );
  hono.all("*", (c) => unknownPathResponse(c.req.raw));
  return (request) => hono.fetch(request);
}

/** Serves one request of a route: authenticates the caller, checks their scopes, reads the body, and runs the operation. */
function serveRoute(
  request: Request,
  params: Readonly<Record<string, string>>,
  route: Route,
  allow: string,
  { app, onBug, checkResponses = false }: RestOptions,
): Promise<Response> {
  return respond(request, { allow, hasBody: hasBody(route) }, { onBug }, async () => {
    const { headers } = request;
    const context = await app.contextOf({
      authorization: headers.get("authorization"),
      userAgent: headers.get("user-agent"),
      requestId: headers.get("x-request-id"),
      browser: request,
      requestedOrigin: () => requestOrigin(request),
    });
    const run = route.authorize(context);
    const { path, search } = pathAndSearch(request.url);
    const input = await inputOf(request, route, app, context, search);
    const response = await run({ context, params, input, path, search, header: (name) => headers.get(name) });
    if (checkResponses) assertDeclared(route, response);
    return response;
  });
}

/** The response to a request: what `work` returns, or the response for its error (contract 1.18–1.20). `allow` lists the path's methods. */
export async function respond(
  request: Request,
  { allow, hasBody: namesFields }: { readonly allow: string; readonly hasBody: boolean },
  { onBug }: Pick<RestOptions, "onBug">,
  work: () => Promise<RouteResponse>,
): Promise<Response> {
  const report = (error: unknown) => onBug(error, request.headers.get("x-request-id"));
  const origin = request.headers.get("origin");
  const headers = { Allow: allow, ...(origin === null ? {} : corsHeaders(origin, allow)) };
  let response: RouteResponse;
  try {
    response = await work();
  } catch (error) {
    response = errorResponse(error, { namesFields });
    if (isServerFault(error)) report(error);
  }
  return toResponse(response, headers, report);
}

/** Reads the body of an authenticated caller, if the route has one, and returns the function that parses the input. */
async function inputOf(request: Request, route: Route, app: App, { actor }: Context, search: string): Promise<() => unknown> {
  const { form, limits, repeatable } = route;
  const bytes = bodyLimit(actor, limits);
  if (form !== null) return () => readParts(request, bytes);
  return hasBody(route) ? readBody(request, { ...limits, bytes }, app.bodies) : () => queryObject(search, repeatable);
}

/** The path and the query of a URL, as sent. */
function pathAndSearch(url: string): { path: string; search: string } {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const [path = "/", search = ""] = start < 0 ? [] : url.slice(start).split(/\?(.*)/s, 2);
  return { path, search };
}

/** Throws for a response that its route does not declare, since the OpenAPI document would be wrong. */
export function assertDeclared(route: Route, { status, body, bytes }: RouteResponse): void {
  const at = `${route.method} ${route.path} ${status}`;
  const declared = route.responses[status];
  if (declared === undefined) throw new Error(`${at} is not declared`);
  const isBytes = bytes !== undefined;
  if (isBytes && (declared === "bytes" || Array.isArray(declared))) return;
  if (isBytes || declared === "bytes")
    throw new Error(`${at} ${isBytes ? "has bytes, which it does not declare" : "declares bytes, and has none"}`);
  if (declared === null) {
    if (body !== undefined) throw new Error(`${at} declares no body, but has one`);
    return;
  }
  const [schema] = isEither(declared) ? declared : [declared];
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Error(`${at} does not have the body it declares: ${parsed.error.message}`);
}

/** A type guard, since `Array.isArray` does not narrow read-only arrays. */
const isEither = (declared: z.ZodType | readonly [z.ZodType, "bytes"]): declared is readonly [z.ZodType, "bytes"] =>
  Array.isArray(declared);

const METHOD_ORDER = ["GET", "POST", "PUT", "PATCH", "DELETE"];

const allowedMethods = (routes: readonly Route[]): string =>
  [...METHOD_ORDER.filter((method) => routes.some((route) => route.method === method)), "HEAD", "OPTIONS"].join(", ");

const preflight = (request: Request, allow: string): Response =>
  toResponse(
    { status: 200 },
    { Allow: allow, "Access-Control-Max-Age": CORS_MAX_AGE, ...corsHeaders(request.headers.get("origin"), allow) },
  );

const methodNotAllowed = (request: Request, allow: string): Response =>
  toResponse({ status: 405, body: { detail: `Method "${request.method}" not allowed.` } }, { Allow: allow });

/** The response for a path without a route (contract 1.2): empty, or a hint if only the trailing slash is missing. */
export function unknownPathResponse(request: Request): Response {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith("/")) return toResponse({ status: 404 }, {});
  const hint = `Route not found, did you forget a trailing slash? try: ${pathname}/`;
  if (request.headers.get("content-type")?.startsWith("application/json")) return toResponse({ status: 404, body: { info: hint } }, {});
  return new Response(`Route not found, did you forget a trailing slash?\n\ntry: ${pathname}/\n`, {
    status: 404,
    headers: { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" },
  });
}
