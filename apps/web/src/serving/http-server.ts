import { createServer, type Server } from "node:http";
import type { Timers } from "./timers.ts";

/** Every connection may hold 16 KiB of headers and 64 KiB of a body that no budget counts. Page streams have 500 at most. */
export const MAX_CONNECTIONS = 2_000;

export type HttpServerOptions = {
  readonly timers: Timers;
  /** Called when connections are refused because there are too many, at most once a minute. */
  readonly onFull: () => void;
  readonly maxConnections?: number;
};

const MINUTE = 60_000;

/**
 * Creates the server of the process, which does not listen yet. A request may take as long as its body keeps arriving (`createBodyWatch`):
 * Node's own limit of five minutes is off, which a file of 2 GiB exceeds on a slow line. Headers have to arrive within a minute.
 */
export function createHttpServer({ timers, onFull, maxConnections = MAX_CONNECTIONS }: HttpServerOptions): Server {
  // With a `requestTimeout` of 0, Node would also turn off the limit for headers.
  const server = createServer({ keepAliveTimeout: 65_000, headersTimeout: MINUTE, requestTimeout: 0 });
  server.maxConnections = maxConnections;
  let isReported = false;
  server.on("drop", () => {
    // Connections without a request make room for those that come next.
    server.closeIdleConnections();
    if (isReported) return;
    isReported = true;
    timers.later(() => (isReported = false), MINUTE);
    onFull();
  });
  return server;
}
