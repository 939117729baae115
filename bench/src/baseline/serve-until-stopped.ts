import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";

/** Serves requests on a free port, which it prints, until SIGTERM. Then calls `close`. */
export async function serveUntilStopped(listener: RequestListener, close: () => void = () => {}): Promise<void> {
  const server = createServer({ keepAliveTimeout: 65_000 }, listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  console.log(`ready on http://127.0.0.1:${typeof address === "object" ? address?.port : address}`);

  process.once("SIGTERM", () => {
    server.close();
    server.closeAllConnections();
    close();
  });
}
