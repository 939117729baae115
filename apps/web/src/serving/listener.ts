import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { isServerFault } from "@landfall/core/app-error";
import { errorAnswer } from "@landfall/rest/error-answer";
import { requestTarget } from "@landfall/rest/request-target";
import { sendJson } from "./answer-json.ts";
import type { BodyWatch } from "./body-watch.ts";
import { type RouteName, routeOf } from "./door.ts";
import { assignRequestId } from "./request-id.ts";

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
      const { status, body, headers } = errorAnswer(error, false) ?? { status: 500, body: { detail: "Internal Error" } };
      if (response.headersSent) response.destroy();
      else sendJson(response, status, body, headers);
    });
  };
}

const STARTING = { detail: "The server is starting. Try again in a moment." };

/** A year. Browsers ignore it on a plain connection. */
const STRICT_TRANSPORT = ["Strict-Transport-Security", "max-age=31536000"] as const;
