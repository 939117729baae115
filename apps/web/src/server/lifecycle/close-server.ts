import type { Server as HttpServer } from "node:http";
import { Server } from "node:net";

export type CloseTimeouts = {
  /** Milliseconds in which idle keep-alive connections may still send a request; its response closes them. */
  readonly grace: number;
  /** Milliseconds after which remaining connections are closed. */
  readonly limit: number;
};

/**
 * Stops accepting connections and resolves when every request is finished. Node's own `close` closes idle connections immediately, and
 * so loses requests that are on their way; here they have a grace period. The listener closes each connection with its next response.
 */
export async function closeServer(server: HttpServer, { grace, limit }: CloseTimeouts): Promise<void> {
  let sweep: NodeJS.Timeout | undefined;
  const graced = setTimeout(() => {
    server.closeIdleConnections();
    sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MILLISECONDS);
  }, grace);
  const limited = setTimeout(() => server.closeAllConnections(), limit);
  try {
    await new Promise<void>((resolve) => {
      Server.prototype.close.call(server, () => resolve());
    });
  } finally {
    clearTimeout(graced);
    clearInterval(sweep);
    clearTimeout(limited);
  }
}

const SWEEP_MILLISECONDS = 20;
