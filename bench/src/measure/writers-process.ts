import { writeSync } from "node:fs";
import { runWriters, type WritersOrder } from "./writers.ts";

/* A separate process for measuring the store: `node writers-process.ts <order as JSON>` prints the result as JSON. */
const order: WritersOrder = JSON.parse(process.argv[2] ?? "");

writeSync(1, JSON.stringify(await runWriters(order)));
