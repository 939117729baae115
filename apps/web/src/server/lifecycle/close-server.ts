import type { Server as HttpServer } from "node:http";
import { Server } from "node:net";

export type CloseTimeouts = {
  /** Milliseconds in which connections that are kept alive may still bring a request, whose answer then ends them. */
  readonly grace: number;
  /** Milliseconds after which what is left is cut off. */
  readonly limit: number;
};

/**
 * Stops accepting connections and answers when every request is answered. Node's own `close` cuts idle connections at once, and with
 * them requests that are on their way; here they live on for a moment. The listener ends each connection with its next answer.
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
