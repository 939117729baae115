import { restoreSqlite } from "../../src/sqlite/restore.ts";

/** Restores a backup over a database, and prints a line when it is done. */
const [backup = "", database = "", now = ""] = process.argv.slice(2);

await restoreSqlite(backup, database, { force: true, now: new Date(now) });
console.log("restored");
