import type { IncomingMessage, ServerResponse } from "node:http";
import type { Timers } from "#server/lifecycle/timers.ts";

/** Cuts off requests whose bodies stop arriving, however long the others take in all. */
export interface BodyWatch {
  /** Watches the body of a request until it is complete or `forget` is called. */
  watch(request: IncomingMessage, response: ServerResponse): void;
  /** Stops watching. Returns whether the request was cut off. */
  forget(request: IncomingMessage): boolean;
}

/** The minimum that has to arrive in a period: 136 bytes per second. Even a bad connection has a thousand times that. */
export const BODY_PROGRESS = { bytes: 4_096, milliseconds: 30_000 };

/** Milliseconds between checks of all bodies. */
const INTERVAL = 5_000;

type Watched = { readonly response: ServerResponse; received: number; since: number };

export function createBodyWatch(timers: Timers, { bytes, milliseconds }: typeof BODY_PROGRESS = BODY_PROGRESS): BodyWatch {
  const watched = new Map<IncomingMessage, Watched>();
  const cut = new WeakSet<IncomingMessage>();
  let isScheduled = false;

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    timers.later(() => {
      isScheduled = false;
      for (const [request, entry] of watched) check(request, entry);
      if (watched.size > 0) schedule();
    }, INTERVAL);
  }

  function check(request: IncomingMessage, entry: Watched): void {
    if (request.complete) return void watched.delete(request);
    const { bytesRead } = request.socket;
    // If the buffer is full, the server is not reading.
    const isWaiting = request.readableLength < request.readableHighWaterMark;
    if (!isWaiting || bytesRead - entry.received >= bytes) {
      entry.received = bytesRead;
      entry.since = timers.now();
    } else if (timers.now() - entry.since >= milliseconds) {
      watched.delete(request);
      cut.add(request);
      cutOff(request, entry.response);
    }
  }

  return {
    watch(request, response) {
      if (!hasBody(request)) return;
      watched.set(request, { response, received: request.socket.bytesRead, since: timers.now() });
      schedule();
    },
    forget(request) {
      watched.delete(request);
      return cut.has(request);
    },
  };
}

/** Whether a request declares a body. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

const TIMEOUT_BODY = JSON.stringify({ detail: "The request body stopped arriving." });

const TIMEOUT_RESPONSE = [
  "HTTP/1.1 408 Request Timeout",
  "Connection: close",
  "Content-Type: application/json",
  `Content-Length: ${TIMEOUT_BODY.length}`,
  "",
  TIMEOUT_BODY,
].join("\r\n");

/**
 * Sends 408 unless a response has begun, and closes the connection. Writes to the socket, as Node does for its own timeouts, since the
 * handler still writes to the response when reading the body fails.
 */
function cutOff({ socket }: IncomingMessage, response: ServerResponse): void {
  if (!response.headersSent) socket.write(TIMEOUT_RESPONSE);
  socket.destroySoon();
}
