import path from "node:path";
import { openReader, openWriter } from "@landfall/db/sqlite/connection";
import { requestHandler } from "./baseline/request-handler.ts";
import { serveUntilStopped } from "./baseline/serve-until-stopped.ts";
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
await serveUntilStopped(requestHandler({ reader, writer, write }), () => {
  reader.close();
  writer.close();
});
