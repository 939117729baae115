import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { TRPC_PATH } from "@landfall/api/trpc";
import { AUTH_PATH } from "@landfall/auth/engine";
import { isServerFault } from "@landfall/core/kernel/app-error";
import { errorAnswer } from "@landfall/rest/http/error-answer";
import { requestTarget } from "@landfall/rest/http/request-target";
import { HOOKS_PATH, REST_PATH } from "@landfall/rest/http/route";
import type { Logger } from "pino";
import type { BodyWatch } from "./body-watch.ts";
import { setRequestHeader } from "./client-address.ts";

/** Answers a request, at once or later. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** A request that is over: answered, or given up by its sender. */
export type FinishedRequest = {
  readonly id: string;
  readonly door: RouteName;
  readonly method: string;
  /** The target as it was sent, with the query. */
  readonly target: string;
  /** The network address of the client. */
  readonly client: string;
  /** 408 when the body stopped arriving, 499 when the sender was gone before the answer. */
  readonly status: number;
  readonly seconds: number;
};

export type ListenerOptions = {
  /** Whether the server is on its way out: answers then end their connections. */
  readonly isClosing: () => boolean;
  /** Null until the server is ready: requests are then answered 503. */
  readonly doors: () => Readonly<Record<RouteName, Handler>> | null;
  /** Prepares the headers of a request and returns the network address of its client. */
  readonly readClient: (request: IncomingMessage) => string;
  /** The URL that people and clients use, if it is known. */
  readonly url: string | null;
  readonly bodies: BodyWatch;
  readonly onAnswered: (answered: FinishedRequest) => void;
  /** Told of every failure of a door, which then answers 500. */
  readonly onBug: (error: unknown, requestId: string) => void;
};

/** The one listener of the process: gives each request its id and a safe target, and sends it to its door. */
export function createListener(options: ListenerOptions): RequestListener {
  const { doors, readClient, url: publicUrl, bodies, isClosing, onAnswered, onBug } = options;
  const isAlwaysSecure = publicUrl?.startsWith("https:") ?? false;
  return (request, response) => {
    const started = performance.now();
    const id = assignRequestId(request);
    const client = readClient(request);
    response.setHeader("X-Request-Id", id);
    // Only a trusted proxy still has this header.
    if (isAlwaysSecure || request.headers["x-forwarded-proto"] === "https") response.setHeader(...STRICT_TRANSPORT);
    if (isClosing()) response.shouldKeepAlive = false;
    const { method = "GET", url = "/" } = request;
    const target = requestTarget(url);
    const door = target === null ? "rest" : routeOf(target);
    response.on("close", () => {
      const isCutOff = bodies.forget(request);
      const status = isCutOff ? 408 : response.writableFinished ? response.statusCode : 499;
      onAnswered({ id, door, method, target: url, client, status, seconds: (performance.now() - started) / 1000 });
    });
    if (target === null) return sendJson(response, 404, { detail: "The requested resource does not exist" });
    const handlers = doors();
    if (handlers === null) return sendJson(response, 503, STARTING, { "Retry-After": "1" });
    bodies.watch(request, response);
    request.url = target;
    handlers[door](request, response)?.catch((error: unknown) => {
      if (isServerFault(error)) onBug(error, id);
      const { status, body, headers } = errorAnswer(error);
      if (response.headersSent) response.destroy();
      else sendJson(response, status, body, headers);
    });
  };
}

const STARTING = { detail: "The server is starting. Try again in a moment." };

/** A year. Browsers ignore it on a plain connection. */
const STRICT_TRANSPORT = ["Strict-Transport-Security", "max-age=31536000"] as const;

/** The parts of the server a request can go to; also how requests are told apart in the metrics. */
export type RouteName = "rest" | "trpc" | "auth" | "events" | "hooks" | "operations" | "pages";

/** The part of the server that serves a path. REST returns 404 for every other path below `/api/`. */
export function routeOf(target: string): RouteName {
  if (!target.startsWith("/api/")) return OPERATIONS.test(target) ? "operations" : "pages";
  if (EVENTS.test(target)) return "events";
  return API_PREFIXES.find(([, prefix]) => target.startsWith(prefix))?.[0] ?? "rest";
}

const API_PREFIXES: readonly (readonly [RouteName, prefix: string])[] = [
  ["rest", `${REST_PATH}/`],
  ["trpc", `${TRPC_PATH}/`],
  ["auth", `${AUTH_PATH}/`],
  ["hooks", `${HOOKS_PATH}/`],
];

const EVENTS = /^\/api\/events(?:\?|$)/;
const OPERATIONS = /^\/(?:healthz|readyz|metrics)(?:\?|$)/;

/**
 * The id a request goes by in the logs and in its answer: the one its sender gave when it is fit to be repeated, a new one otherwise.
 * The request then carries it as its own `X-Request-Id`, where the adapters read it.
 */
export function assignRequestId(request: IncomingMessage): string {
  const given = request.headers["x-request-id"];
  if (typeof given === "string" && FIT.test(given)) return given;
  const id = randomUUID();
  setRequestHeader(request, "x-request-id", id);
  return id;
}

/** Long enough for UUIDs and trace ids, and nothing that could break out of a header or a log line. */
const FIT = /^[\w.:-]{1,64}$/;

/** Answers in JSON where no adapter does. */
export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  const always = { "Content-Type": "application/json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };
  response.writeHead(status, { ...always, ...headers });
  response.end(JSON.stringify(body));
}

/**
 * Logs a request that is over, in one line: id, method, path, status, milliseconds and the address of the client. Never the query, which may hold a setup link's
 * secret, and never the signature in a webhook's path.
 */
export function logRequest(logger: Logger, { id, method, target, client, status, seconds }: FinishedRequest): void {
  if (!logger.isLevelEnabled("info")) return;
  logger.info({ id, method, path: loggedPath(target), status, ms: Math.round(seconds * 10_000) / 10, client }, "request");
}

const LONGEST = 1024;

/** The path of a target as the log shows it. */
export function loggedPath(target: string): string {
  const query = target.indexOf("?");
  const path = query < 0 ? target : target.slice(0, query);
  const shown = path.length > LONGEST ? `${path.slice(0, LONGEST)}…` : path;
  return SECRET.test(shown) ? shown.replace(SECRET, "$1…") : shown;
}

/** Paths that end in a secret: setup links, invitations, and the signature of a release webhook. */
const SECRET = /^(.*\/setup\/|.*\/invite\/|.*\/hooks\/release\/[^/]*\/[^/]*\/).+/;
