import { setTimeout } from "node:timers/promises";
import Database from "better-sqlite3";

/** Holds the write lock for a fifth of a second. */
const [file = ""] = process.argv.slice(2);
const db = new Database(file);
db.exec("begin immediate");
console.log("locked");
await setTimeout(200);
db.exec("commit");
db.close();
console.log("released");
