import { MINUTE } from "@landfall/domain/durations";
import { createServer, type Server } from "node:http";
import { listenFailure } from "#server/lifecycle/operator-error.ts";
import type { Timers } from "#server/lifecycle/timers.ts";

/** Every connection may use 16 KiB for headers and 64 KiB for a body that no budget counts. At most 500 are event streams. */
const MAX_CONNECTIONS = 2_000;

export type HttpServerOptions = {
  readonly timers: Timers;
  /** Called when connections are refused because there are too many, at most once a minute. */
  readonly onFull: () => void;
  readonly maxConnections?: number;
};

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
    // Closes idle connections to make room for new ones.
    server.closeIdleConnections();
    if (isReported) return;
    isReported = true;
    timers.later(() => (isReported = false), MINUTE);
    onFull();
  });
  server.on("clientError", (error: Error & { readonly code?: string }, socket) => {
    // Node has written a response already, or the client is gone.
    if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
    const [status, detail] = BROKEN_REQUESTS[error.code ?? ""] ?? MALFORMED;
    const body = JSON.stringify({ detail });
    const head = ["Content-Type: application/json", `Content-Length: ${Buffer.byteLength(body)}`, "Connection: close"];
    socket.end(`HTTP/1.1 ${status}\r\n${head.join("\r\n")}\r\n\r\n${body}`);
  });
  return server;
}

/** Requests that Node cannot parse, by its error codes. */
const BROKEN_REQUESTS: Readonly<Record<string, readonly [status: string, detail: string]>> = {
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "The URL and the headers have more than 16 KiB together."],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "The headers of the request did not arrive within a minute."],
};

const MALFORMED = ["400 Bad Request", "The request is not valid HTTP."] as const;

/** Starts to listen. Returns the URL of the server on this machine. @throws `OperatorError` if the system refuses. */
export async function listen(server: Server, address: { readonly host: string | null; readonly port: number }): Promise<string> {
  const { host, port } = address;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ port, ...(host === null ? {} : { host }) }, () => {
        server.off("error", reject);
        resolve();
      });
    });
  } catch (error) {
    throw listenFailure(error, address);
  }
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("the server does not listen on a port");
  return `http://${reachable(host)}:${bound.port}`;
}

/** Returns a host name for a listen address; `localhost` for all addresses. */
function reachable(host: string | null): string {
  if (host === null || host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
