import { appendFileSync } from "node:fs";
import Database from "better-sqlite3";

/*
 * Loaded before a server (`node --import`) to write down each statement it runs, one JSON text a line, to the file named by
 * BENCH_RECORD_STATEMENTS: so the bench can tell whether two servers do the same work.
 */
const file = process.env["BENCH_RECORD_STATEMENTS"];
const scratch = new Database(":memory:");
const prototype: unknown = Object.getPrototypeOf(scratch.prepare("select 1"));
scratch.close();

if (file !== undefined && typeof prototype === "object" && prototype !== null) {
  for (const name of ["all", "get", "run", "iterate"]) {
    const original: unknown = Reflect.get(prototype, name);
    if (typeof original !== "function") throw new TypeError(`better-sqlite3's statements have no ${name}`);
    Reflect.set(prototype, name, function (this: { source: string }, ...values: unknown[]): unknown {
      appendFileSync(file, `${JSON.stringify(this.source)}\n`);
      return Reflect.apply(original, this, values);
    });
  }
}
