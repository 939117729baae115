import { Hono } from "hono";
import { answerResponse, CORS_MAX_AGE, corsHeaders } from "./http/answers.ts";
import { openApiDocument } from "./http/open-api.ts";
import type { Route } from "./http/route.ts";
import { respond, type RestOptions, serveRoute } from "./http/serve-route.ts";
import { artifactBundleRoutes } from "./routes/artifact-bundles.ts";
import { commitRoutes } from "./routes/commits.ts";
import { meRoutes, organizationRoutes } from "./routes/organizations.ts";
import { projectReleaseRoutes } from "./routes/project-releases.ts";
import { projectRoutes } from "./routes/projects.ts";
import { releaseFileRoutes } from "./routes/release-files.ts";
import { answerReleaseHook, RELEASE_HOOK_PATH } from "./routes/release-hook.ts";
import { deployRoutes, releaseRoutes } from "./routes/releases.ts";
import { repositoryRoutes } from "./routes/repositories.ts";
import { assembleRoutes, chunkUploadRoutes } from "./routes/uploads.ts";

/**
 * The Sentry wire as a fetch handler: below `/api/0/` the table of routes over the operations, its OpenAPI document, and the signed
 * release webhook.
 */
export function restApp(options: RestOptions): Hono {
  const hono = new Hono();
  for (const [path, routes] of Map.groupBy(ROUTES, (route) => route.path)) {
    const allow = allowedMethods(routes);
    for (const route of routes) hono.on(route.method, `${BASE}${path}`, (c) => serveRoute(c.req.raw, c.req.param(), route, allow, options));
    hono.options(`${BASE}${path}`, (c) => preflight(c.req.raw, allow));
    hono.all(`${BASE}${path}`, (c) => refuseMethod(c.req.raw, allow));
  }
  let document: ReturnType<typeof openApiDocument> | undefined;
  hono.get(`${BASE}/openapi.json`, () => answerResponse({ status: 200, body: (document ??= openApiDocument(ROUTES)) }, {}));
  hono.post(RELEASE_HOOK_PATH, (c) =>
    respond(c.req.raw, { allow: "POST, OPTIONS", hasBody: true }, options, () => answerReleaseHook(options.app, c.req.raw, c.req.param())),
  );
  hono.all("*", (c) => answerUnknownPath(c.req.raw));
  return hono;
}

const BASE = "/api/0";
const ORDER = ["GET", "POST", "PUT", "PATCH", "DELETE"];

const allowedMethods = (routes: readonly Route[]): string =>
  [...ORDER.filter((method) => routes.some((route) => route.method === method)), "HEAD", "OPTIONS"].join(", ");

const preflight = (request: Request, allow: string): Response =>
  answerResponse(
    { status: 200 },
    { Allow: allow, "Access-Control-Max-Age": CORS_MAX_AGE, ...corsHeaders(request.headers.get("origin"), allow) },
  );

const refuseMethod = (request: Request, allow: string): Response =>
  answerResponse({ status: 405, body: { detail: `Method "${request.method}" not allowed.` } }, { Allow: allow });

/** The whole wire. Fixed paths stand before those with a parameter in the same place. */
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

/** The answer to a path that is no route (contract 1.2): empty, or a hint when only the trailing slash is missing. */
export function answerUnknownPath(request: Request): Response {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith("/")) return answerResponse({ status: 404 }, {});
  const hint = `Route not found, did you forget a trailing slash? try: ${pathname}/`;
  if (request.headers.get("content-type")?.startsWith("application/json")) return answerResponse({ status: 404, body: { info: hint } }, {});
  return new Response(`Route not found, did you forget a trailing slash?\n\ntry: ${pathname}/\n`, {
    status: 404,
    headers: { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" },
  });
}
