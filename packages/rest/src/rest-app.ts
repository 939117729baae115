import { Hono } from "hono";
import { answerResponse } from "./answer-response.ts";
import { CORS_MAX_AGE, corsHeaders } from "./cors.ts";
import { openApiDocument } from "./open-api.ts";
import { answerReleaseHook, RELEASE_HOOK_PATH } from "./release-hook.ts";
import type { Route } from "./route.ts";
import { ROUTES } from "./routes.ts";
import { respond, type RestOptions, serveRoute } from "./serve-route.ts";
import { answerUnknownPath } from "./unknown-path.ts";

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
