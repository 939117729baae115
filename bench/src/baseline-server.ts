import { once } from "node:events";
import { createServer } from "node:http";
import path from "node:path";
import { openReader, openWriter } from "@landfall/db/sqlite/connection";
import { requestHandler } from "./baseline/request-handler.ts";
import { writeAlone, writeTogether } from "./baseline/writer.ts";

/*
 * The baseline: only node:http and better-sqlite3, prepared statements and JSON, on a copy of the
 * same database with the same settings. It supports only the measured requests. Started by the benchmark:
 * `LANDFALL_DATA_DIR=… node baseline-server.ts [--grouped]`.
 */
const file = path.join(process.env["LANDFALL_DATA_DIR"] ?? ".", "landfall.db");

const writer = openWriter(file, "full");
const reader = openReader(file);
const write = process.argv.includes("--grouped") ? writeTogether(writer) : writeAlone(writer);
const server = createServer({ keepAliveTimeout: 65_000 }, requestHandler({ reader, writer, write }));
server.listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
console.log(`ready on http://127.0.0.1:${typeof address === "object" ? address?.port : address}`);

process.once("SIGTERM", () => {
  server.close();
  server.closeAllConnections();
  reader.close();
  writer.close();
});
