import { existsSync, renameSync, rmSync } from "node:fs";
import { explained, openReader } from "./sqlite-connection.ts";
import { StoreError } from "./store-error.ts";

/** Pages copied between two looks at the sockets: 4 MiB, some milliseconds. */
const pagesAtATime = 1_024;

/**
 * Copies the database at `source` to `destination` as it is at one moment, beside a process that serves and writes it. The copy
 * appears under its name only when it is whole. Throws a `StoreError`: `unwritable` when something is at `destination` already or
 * nothing can be written there, `not_a_database`.
 */
export async function backupSqlite(source: string, destination: string): Promise<void> {
  if (existsSync(destination)) throw new StoreError("unwritable", `${destination} exists already; a backup does not overwrite it.`);
  const unfinished = `${destination}.unfinished`;
  const db = openReader(source);
  try {
    // A read transaction holds one moment still. Without it SQLite starts the copy over at each write of another process.
    db.exec("begin");
    db.prepare("select count(*) from sqlite_master").get();
    rmSync(unfinished, { force: true });
    await db.backup(unfinished, { progress: () => pagesAtATime });
    renameSync(unfinished, destination);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw explained(destination, error);
  } finally {
    db.close();
  }
}
