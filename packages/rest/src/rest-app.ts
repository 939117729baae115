import type { App } from "@landfall/core/app";
import { AppError } from "@landfall/core/app-error";
import { admit } from "@landfall/core/operation";
import { requestOrigin } from "@landfall/core/request-origin";
import { Hono } from "hono";
import { answerResponse } from "./answer-response.ts";
import { checkAnswer } from "./check-answer.ts";
import { CORS_MAX_AGE, corsHeaders } from "./cors.ts";
import { errorAnswer } from "./error-answer.ts";
import { openApiDocument } from "./open-api.ts";
import { queryObject } from "./query-object.ts";
import { readBody } from "./read-body.ts";
import type { Answer, Route } from "./route.ts";
import { ROUTES } from "./routes.ts";
import { unknownPath } from "./unknown-path.ts";

export type RestOptions = {
  readonly app: App;
  /** Told of every failure that is a bug, with the id its answer carries. */
  readonly onBug: (error: unknown, requestId: string | null) => void;
  /** Whether answers are compared with what their route declares; costs time, so not in production. */
  readonly checkAnswers?: boolean;
};

/** The Sentry wire below `/api/0/` as a fetch handler: the table of routes over the operations, and what is common to all of them. */
export function restApp(options: RestOptions): Hono {
  const hono = new Hono();
  for (const [path, routes] of Map.groupBy(ROUTES, (route) => route.path)) {
    const methods = allowed(routes);
    for (const route of routes) hono.on(route.method, `${BASE}${path}`, (c) => serve(c.req.raw, c.req.param(), route, methods, options));
    hono.options(`${BASE}${path}`, (c) => preflight(c.req.raw, methods));
    hono.all(`${BASE}${path}`, (c) => refuseMethod(c.req.raw, methods));
  }
  const document = openApiDocument(ROUTES);
  hono.get(`${BASE}/openapi.json`, () => answerResponse({ status: 200, body: document }, {}));
  hono.all("*", (c) => unknownPath(c.req.raw));
  return hono;
}

const BASE = "/api/0";
const ORDER = ["GET", "POST", "PUT", "PATCH", "DELETE"];

const allowed = (routes: readonly Route[]): string =>
  [...ORDER.filter((method) => routes.some((route) => route.method === method)), "HEAD", "OPTIONS"].join(", ");

async function serve(
  request: Request,
  params: Readonly<Record<string, string>>,
  route: Route,
  methods: string,
  { app, onBug, checkAnswers = false }: RestOptions,
): Promise<Response> {
  const requestId = request.headers.get("x-request-id");
  const named = route.method === "POST" || route.method === "PUT";
  let answer: Answer;
  try {
    answer = await handle(request, params, route, { app, named, requestId });
    if (checkAnswers) checkAnswer(route, answer);
  } catch (error) {
    const told = errorAnswer(error, named);
    if (told === null) onBug(error, requestId);
    answer = told ?? { status: 500, body: { detail: "Internal Error" } };
  }
  const origin = request.headers.get("origin");
  return answerResponse(answer, { Allow: methods, ...(origin === null ? {} : corsHeaders(origin, methods)) });
}

type Handling = { readonly app: App; readonly named: boolean; readonly requestId: string | null };

async function handle(request: Request, params: Readonly<Record<string, string>>, route: Route, { app, named, requestId }: Handling): Promise<Answer> {
  const context = await app.contextOf({
    authorization: request.headers.get("authorization"),
    userAgent: request.headers.get("user-agent"),
    requestId,
    requestedOrigin: () => requestOrigin(request),
  });
  const [scope, ...others] = route.scope;
  if (scope !== undefined) admit(context.actor, [scope, ...others]);
  const { path, search } = target(request.url);
  if (Object.values(params).some((value) => value.includes("\0") || !value.isWellFormed())) {
    throw new AppError("not_found", "The requested resource does not exist");
  }
  const input = named ? await readBody(request, route.bodyLimit) : () => queryObject(search);
  return route.run({ context, params, input, path, search });
}

/** Path and query of an absolute address, as they were sent. */
function target(address: string): { path: string; search: string } {
  const start = address.indexOf("/", address.indexOf("://") + 3);
  const [path = "/", search = ""] = start < 0 ? [] : address.slice(start).split(/\?(.*)/s, 2);
  return { path, search };
}

const preflight = (request: Request, methods: string): Response =>
  answerResponse(
    { status: 200 },
    { Allow: methods, "Access-Control-Max-Age": CORS_MAX_AGE, ...corsHeaders(request.headers.get("origin"), methods) },
  );

const refuseMethod = (request: Request, methods: string): Response =>
  answerResponse({ status: 405, body: { detail: `Method "${request.method}" not allowed.` } }, { Allow: methods });
