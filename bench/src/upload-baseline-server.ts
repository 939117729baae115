import path from "node:path";
import { receiver } from "./baseline/receiver.ts";
import { serveUntilStopped } from "./baseline/serve-until-stopped.ts";

/*
 * The baseline for uploads: it only writes the chunks of a request to disk while it hashes them. Started by the
 * benchmark: `LANDFALL_DATA_DIR=… node upload-baseline-server.ts`.
 */
await serveUntilStopped(receiver(path.join(process.env["LANDFALL_DATA_DIR"] ?? ".", "received")));
