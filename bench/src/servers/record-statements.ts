import { appendFileSync } from "node:fs";
import Database from "better-sqlite3";

/*
 * Loaded into a server with `node --import`. Records each statement that it runs, as one JSON string per line, in the file in
 * BENCH_RECORD_STATEMENTS, so that the benchmark can compare the statements of two servers.
 */
const file = process.env["BENCH_RECORD_STATEMENTS"];
const scratch = new Database(":memory:");
const prototype: unknown = Object.getPrototypeOf(scratch.prepare("select 1"));
scratch.close();

if (file !== undefined && typeof prototype === "object" && prototype !== null) {
  for (const name of ["all", "get", "run", "iterate"]) {
    const original: unknown = Reflect.get(prototype, name);
    if (typeof original !== "function") throw new TypeError(`better-sqlite3 statements have no ${name}`);
    Reflect.set(prototype, name, function (this: { source: string }, ...values: unknown[]): unknown {
      appendFileSync(file, `${JSON.stringify(this.source)}\n`);
      return Reflect.apply(original, this, values);
    });
  }
}
