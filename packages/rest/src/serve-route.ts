import type { App } from "@landfall/core/app";
import { isServerFault } from "@landfall/core/app-error";
import type { Context } from "@landfall/core/context";
import { type BodyBudget, bodyLimit } from "@landfall/core/request-body";
import { requireScope } from "@landfall/core/operation";
import { requestOrigin } from "@landfall/core/request-origin";
import { answerResponse } from "./answer-response.ts";
import { checkAnswer } from "./check-answer.ts";
import { corsHeaders } from "./cors.ts";
import { errorAnswer } from "./error-answer.ts";
import { queryObject } from "./query-object.ts";
import { readBody } from "./read-body.ts";
import { readParts } from "./read-parts.ts";
import type { Answer, Route } from "./route.ts";

export type RestOptions = {
  readonly app: App;
  /** Called for every failure that is not the caller's, a bug or trouble of database and disks, with the id its answer carries. */
  readonly onBug: (error: unknown, requestId: string | null) => void;
  /** Whether answers are compared with what their route declares; costs time, so not in production. */
  readonly checkAnswers?: boolean;
};

/** Answers one request of a route. `allow` names the methods of its path. */
export function serveRoute(
  request: Request,
  params: Readonly<Record<string, string>>,
  route: Route,
  allow: string,
  options: RestOptions,
): Promise<Response> {
  const hasBody = route.method === "POST" || route.method === "PUT";
  return respond(request, { allow, hasBody }, options, async () => {
    const answer = await handle(request, params, route, options.app, hasBody);
    if (options.checkAnswers) checkAnswer(route, answer);
    return answer;
  });
}

/** What `work` answers, or what its failure does: the caller's mistake told, a bug only reported (contract 1.18–1.20). */
export async function respond(
  request: Request,
  { allow, hasBody }: { readonly allow: string; readonly hasBody: boolean },
  { onBug }: RestOptions,
  work: () => Promise<Answer>,
): Promise<Response> {
  let answer: Answer;
  try {
    answer = await work();
  } catch (error) {
    const told = errorAnswer(error, hasBody);
    if (isServerFault(error)) onBug(error, request.headers.get("x-request-id"));
    answer = told ?? { status: 500, body: { detail: "Internal Error" } };
  }
  const origin = request.headers.get("origin");
  const headers = { Allow: allow, ...(origin === null ? {} : corsHeaders(origin, allow)) };
  return answerResponse(answer, headers, (error) => onBug(error, request.headers.get("x-request-id")));
}

async function handle(
  request: Request,
  params: Readonly<Record<string, string>>,
  route: Route,
  app: App,
  hasBody: boolean,
): Promise<Answer> {
  const context = await app.contextOf({
    authorization: request.headers.get("authorization"),
    userAgent: request.headers.get("user-agent"),
    requestId: request.headers.get("x-request-id"),
    browser: request,
    requestedOrigin: () => requestOrigin(request),
  });
  const [scope, ...others] = route.scope;
  if (scope !== undefined) requireScope(context.actor, [scope, ...others]);
  const { path, search } = target(request.url);
  return route.run({
    context,
    params,
    input: await inputOf(request, route, { context, bodies: app.bodies, hasBody, search }),
    path,
    search,
    header: (name) => request.headers.get(name),
  });
}

type Received = { readonly context: Context; readonly bodies: BodyBudget; readonly hasBody: boolean; readonly search: string };

/** Reads the body if there is one. The caller is authenticated by now. */
async function inputOf(
  request: Request,
  { form, limits, repeatable }: Route,
  { context: { actor }, bodies, hasBody, search }: Received,
): Promise<() => unknown> {
  const bytes = bodyLimit(actor, limits);
  if (form !== null) return () => readParts(request, bytes);
  return hasBody ? readBody(request, { ...limits, bytes }, bodies) : () => queryObject(search, repeatable);
}

/** Path and query of an absolute address, as they were sent. */
function target(address: string): { path: string; search: string } {
  const start = address.indexOf("/", address.indexOf("://") + 3);
  const [path = "/", search = ""] = start < 0 ? [] : address.slice(start).split(/\?(.*)/s, 2);
  return { path, search };
}
