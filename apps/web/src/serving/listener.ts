import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { isReported } from "@landfall/core/app-error";
import { errorAnswer } from "@landfall/rest/error-answer";
import { requestTarget } from "@landfall/rest/request-target";
import { type Door, doorOf } from "./door.ts";
import { assignRequestId } from "./request-id.ts";

/** Answers a request, at once or later. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** A request that is over: answered, or given up by its sender. */
export type Answered = {
  readonly id: string;
  readonly door: Door;
  readonly method: string;
  /** The target as it was sent, with the query. */
  readonly target: string;
  /** 499 when the sender was gone before the answer. */
  readonly status: number;
  readonly seconds: number;
};

export type ListenerOptions = {
  /** Whether the server is on its way out: answers then end their connections. */
  readonly isClosing: () => boolean;
  readonly doors: Readonly<Record<Door, Handler>>;
  readonly onAnswered: (answered: Answered) => void;
  /** Told of every failure of a door, which then answers 500. */
  readonly onBug: (error: unknown, requestId: string) => void;
};

/** The one listener of the process: gives each request its id and a safe target, and sends it to its door. */
export function createListener({ doors, isClosing, onAnswered, onBug }: ListenerOptions): RequestListener {
  return (request, response) => {
    const started = performance.now();
    const id = assignRequestId(request);
    response.setHeader("X-Request-Id", id);
    if (isClosing()) response.shouldKeepAlive = false;
    const { method = "GET", url = "/" } = request;
    const target = requestTarget(url);
    const door = target === null ? "rest" : doorOf(target);
    response.on("close", () => {
      const status = response.writableFinished ? response.statusCode : 499;
      onAnswered({ id, door, method, target: url, status, seconds: (performance.now() - started) / 1000 });
    });
    if (target === null) return answerJson(response, 404, { detail: "The requested resource does not exist" });
    request.url = target;
    doors[door](request, response)?.catch((error: unknown) => {
      if (isReported(error)) onBug(error, id);
      const { status, body, headers } = errorAnswer(error, false) ?? { status: 500, body: { detail: "Internal Error" } };
      if (response.headersSent) response.destroy();
      else answerJson(response, status, body, headers);
    });
  };
}

function answerJson(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  const always = { "Content-Type": "application/json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };
  response.writeHead(status, { ...always, ...headers });
  response.end(JSON.stringify(body));
}
