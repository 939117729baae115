import { once } from "node:events";
import { createServer } from "node:http";
import path from "node:path";
import { receiver } from "./baseline/receiver.ts";

/*
 * The baseline for uploads: it only writes the chunks of a request to disk while it hashes them. Started by the
 * benchmark: `LANDFALL_DATA_DIR=… node upload-baseline-server.ts`.
 */
const server = createServer({ keepAliveTimeout: 65_000 }, receiver(path.join(process.env["LANDFALL_DATA_DIR"] ?? ".", "received")));
server.listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
console.log(`ready on http://127.0.0.1:${typeof address === "object" ? address?.port : address}`);

process.once("SIGTERM", () => {
  server.close();
  server.closeAllConnections();
});
