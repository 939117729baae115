import type { App } from "@landfall/core/kernel/app";
import { isServerFault } from "@landfall/core/kernel/app-error";
import { requestOrigin } from "@landfall/core/kernel/browser-request";
import type { Context } from "@landfall/core/kernel/context";
import { requireScope } from "@landfall/core/kernel/operation";
import { type BodyBudget, bodyLimit } from "@landfall/core/kernel/request-body";
import type * as z from "zod";
import { answerResponse, corsHeaders } from "./answers.ts";
import { errorAnswer } from "./error-answer.ts";
import { queryObject, readBody, readParts } from "./read-request.ts";
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

/** Throws when an answer is not one its route declares: the OpenAPI document would be telling something else. */
export function checkAnswer(route: Route, { status, body, bytes }: Answer): void {
  const at = `${route.method} ${route.path} ${status}`;
  const declared = route.answers[status];
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

/** A list of one, or not: the compiler cannot tell a read-only list by `Array.isArray`. */
const isEither = (declared: z.ZodType | readonly [z.ZodType, "bytes"]): declared is readonly [z.ZodType, "bytes"] =>
  Array.isArray(declared);
