import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import Database from "better-sqlite3";

/**
 * Loaded with `--import`: ends the process with SIGKILL right before the KILL_AT-th call that opens, changes or syncs a file below
 * KILL_IN. Each call of SQLite counts as one; with KILL_CALLS, a pattern, only calls with such names count.
 */
const { KILL_AT, KILL_IN = "", KILL_CALLS = "" } = process.env;
const calls = new RegExp(KILL_CALLS);
let left = Number(KILL_AT);

function count(name: string, place: unknown): void {
  if (!calls.test(name)) return;
  if (typeof place !== "number" && !String(place).startsWith(KILL_IN)) return;
  left -= 1;
  if (left !== 0) return;
  fs.writeSync(1, `killed before ${name} ${String(place)}\n`);
  process.kill(process.pid, "SIGKILL");
}

for (const name of [
  "openSync",
  "fsyncSync",
  "renameSync",
  "linkSync",
  "unlinkSync",
  "rmSync",
  "mkdirSync",
  "chmodSync",
  "open",
  "write",
  "close",
]) {
  const call: (...input: unknown[]) => unknown = Reflect.get(fs, name);
  Reflect.set(fs, name, (...input: unknown[]) => {
    count(name, input[0]);
    return call(...input);
  });
}
syncBuiltinESMExports();

for (const name of ["exec", "pragma", "close"]) {
  const call: (...input: unknown[]) => unknown = Reflect.get(Database.prototype, name);
  Reflect.set(Database.prototype, name, function (this: Database.Database, ...input: unknown[]) {
    const text = typeof input[0] === "string" ? input[0] : "";
    if (!/^(?:foreign_keys|temp_store|synchronous|wal_auto|journal_size)/.test(text)) count(`${name}(${text}) of`, this.name);
    return call.apply(this, input);
  });
}
