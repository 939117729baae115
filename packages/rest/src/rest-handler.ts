import { Hono } from "hono";
import { toResponse, CORS_MAX_AGE, corsHeaders } from "./http/responses.ts";
import { openApiDocument } from "./http/open-api.ts";
import { REST_PATH, type Route } from "./http/route.ts";
import { respond, type RestOptions, serveRoute } from "./http/serve-route.ts";
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
