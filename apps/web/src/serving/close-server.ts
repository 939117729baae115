import type { Server } from "node:http";

/**
 * Stops accepting and answers when every request in flight is answered, or after `patience` milliseconds, when what is left is cut off.
 * Connections that are kept alive are closed as soon as they have nothing to do.
 */
export async function closeServer(server: Server, patience: number): Promise<void> {
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MILLISECONDS);
  const limit = setTimeout(() => server.closeAllConnections(), patience);
  try {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  } finally {
    clearInterval(sweep);
    clearTimeout(limit);
  }
}

const SWEEP_MILLISECONDS = 20;
