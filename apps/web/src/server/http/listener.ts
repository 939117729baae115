import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { TRPC_PATH } from "@landfall/api/trpc";
import { AUTH_PATH } from "@landfall/auth/engine";
import { isServerFault } from "@landfall/core/kernel/app-error";
import { errorResponse } from "@landfall/rest/http/error-response";
import { requestTarget } from "@landfall/rest/http/request-target";
import { HOOKS_PATH, REST_PATH } from "@landfall/rest/http/route";
import type { Logger } from "pino";
import type { BodyWatch } from "./body-watch.ts";
import { setRequestHeader } from "./client-address.ts";

/** Handles a request, synchronously or asynchronously. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** A finished request: responded to, or aborted by the client. */
export type FinishedRequest = {
  readonly id: string;
  readonly route: RouteName;
  readonly method: string;
  /** The request target as sent, with the query. */
  readonly target: string;
  /** The network address of the client. */
  readonly client: string;
  /** 408 if the body stopped arriving, 499 if the client disconnected before the response. */
  readonly status: number;
  readonly seconds: number;
};

export type ListenerOptions = {
  /** Whether the server is shutting down: responses then close their connections. */
  readonly isClosing: () => boolean;
  /** The handlers; null until the server is ready, when requests get 503. */
  readonly routes: () => Readonly<Record<RouteName, Handler>> | null;
  /** Prepares the headers of a request and returns the network address of its client. */
  readonly readClient: (request: IncomingMessage) => string;
  /** The URL that people and clients use, if it is known. */
  readonly url: string | null;
  readonly bodies: BodyWatch;
  readonly onFinished: (request: FinishedRequest) => void;
  /** Called for every failure of the server in a handler. */
  readonly onBug: (error: unknown, requestId: string) => void;
};

/** Creates the request listener of the process: assigns an id, validates the target, and calls the handler of the route. */
export function createListener(options: ListenerOptions): RequestListener {
  const { routes, readClient, url: publicUrl, bodies, isClosing, onFinished, onBug } = options;
  const isAlwaysSecure = publicUrl?.startsWith("https:") ?? false;
  return (request, response) => {
    const started = performance.now();
    // Before the request gets an id, which is a header that browsers do not send.
    const client = readClient(request);
    const id = assignRequestId(request);
    response.setHeader("X-Request-Id", id);
    // Only requests of trusted proxies still have this header.
    if (isAlwaysSecure || request.headers["x-forwarded-proto"] === "https") response.setHeader(...STRICT_TRANSPORT);
    if (isClosing()) response.shouldKeepAlive = false;
    const { method = "GET", url = "/" } = request;
    const target = requestTarget(url);
    const route = target === null ? "rest" : routeOf(target);
    response.on("close", () => {
      const isCutOff = bodies.forget(request);
      const status = isCutOff ? 408 : response.writableFinished ? response.statusCode : 499;
      onFinished({ id, route, method, target: url, client, status, seconds: (performance.now() - started) / 1000 });
    });
    if (target === null) return sendJson(response, 404, { detail: "The requested resource does not exist" });
    const handlers = routes();
    if (handlers === null) return sendJson(response, 503, STARTING, { "Retry-After": "1" });
    bodies.watch(request, response);
    request.url = target;
    handlers[route](request, response)?.catch((error: unknown) => {
      if (isServerFault(error)) onBug(error, id);
      const { status, body, headers } = errorResponse(error);
      if (response.headersSent) response.destroy();
      else sendJson(response, status, body, headers);
    });
  };
}

const STARTING = { detail: "The server is starting. Try again in a moment." };

/** One year. Browsers ignore it over plain HTTP. */
const STRICT_TRANSPORT = ["Strict-Transport-Security", "max-age=31536000"] as const;

/** The routes of the server; also the label `route` of the request metrics. */
export type RouteName = "rest" | "trpc" | "auth" | "events" | "hooks" | "probes" | "pages";

/** The part of the server that serves a path. REST returns 404 for every other path below `/api/`. */
export function routeOf(target: string): RouteName {
  if (!target.startsWith("/api/")) return PROBES.test(target) ? "probes" : "pages";
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
const PROBES = /^\/(?:healthz|readyz|metrics|landfall\.mjs)(?:\?|$)/;

/**
 * Returns the id of a request for logs and the response: the one in its `X-Request-Id` if that is valid, otherwise a new one, which is set
 * on the request for the adapters.
 */
export function assignRequestId(request: IncomingMessage): string {
  const given = request.headers["x-request-id"];
  if (typeof given === "string" && VALID_ID.test(given)) return given;
  const id = randomUUID();
  setRequestHeader(request, "x-request-id", id);
  return id;
}

/** Long enough for UUIDs and trace ids, and without characters that are special in headers or log lines. */
const VALID_ID = /^[\w.:-]{1,64}$/;

/** Sends a JSON response, for requests that no adapter handles. */
export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  const always = { "Content-Type": "application/json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };
  response.writeHead(status, { ...always, ...headers });
  response.end(JSON.stringify(body));
}

/**
 * Logs a finished request: id, method, path, status, milliseconds and the network address of the client. Leaves out the query and secrets
 * in the path.
 */
export function logRequest(logger: Logger, { id, method, target, client, status, seconds }: FinishedRequest): void {
  if (!logger.isLevelEnabled("info")) return;
  logger.info({ id, method, path: loggedPath(target), status, ms: Math.round(seconds * 10_000) / 10, client }, "request");
}

const MAX_PATH_LENGTH = 1024;

/** Returns the path of a target for the log: without the query, secrets and excess length. */
export function loggedPath(target: string): string {
  const query = target.indexOf("?");
  const path = query < 0 ? target : target.slice(0, query);
  const shown = path.length > MAX_PATH_LENGTH ? `${path.slice(0, MAX_PATH_LENGTH)}…` : path;
  return SECRET.test(shown) ? shown.replace(SECRET, "$1…") : shown;
}

/** Paths that end in a secret: setup links, invitations, and signatures of release webhooks. */
const SECRET = /^(.*\/setup\/|.*\/invite\/|.*\/hooks\/release\/[^/]*\/[^/]*\/).+/;
