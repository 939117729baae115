import { lstatSync } from "node:fs";
import Database from "better-sqlite3";
import { StoreError } from "../store-error.ts";
import { toStoreError } from "./connection.ts";
import { assertWholeDatabase, resolveDatabase } from "./files.ts";

/**
 * Claims a SQLite file for one serving process and returns a function that releases it. The claim is a lock on `<file>.lock`, which the
 * operating system releases when the process ends for any reason; for a symbolic link, the lock is beside the link's target. Commands that
 * run while a server runs do not claim; their writes wait for the server's.
 *
 * @throws `StoreError`: `in_use` if another process holds it, `unwritable` if the lock cannot be created or is not a lock file.
 */
export function claimSqlite(file: string): () => void {
  const name = `${resolveDatabase(file)}.lock`;
  assertIsLock(name);
  let lock: Database.Database | undefined;
  try {
    lock = new Database(name, { timeout: 0 });
    lock.exec("begin exclusive");
    const { close } = lock;
    return () => void close.call(lock);
  } catch (error) {
    lock?.close();
    const reason = toStoreError(name, error);
    if (!(reason instanceof StoreError && reason.code === "busy")) throw reason;
    throw new StoreError(
      "in_use",
      `${file} is already served by another process. One process serves a SQLite file; use PostgreSQL for more.`,
      { cause: error },
    );
  }
}

/**
 * For a process that does not claim the file: throws like `assertWholeDatabase`, or `in_use` if the restore that looks interrupted is still
 * running.
 */
export function assertUsable(file: string): void {
  try {
    assertWholeDatabase(file);
  } catch (error) {
    claimSqlite(file)();
    throw error;
  }
}

/** A lock is an empty file. Anything else in its place would not exclude a second server, or would damage the target of a link. */
function assertIsLock(name: string): void {
  const found = lstatSync(name, { throwIfNoEntry: false });
  if (found === undefined || (found.isFile() && found.size === 0)) return;
  const what = found.isSymbolicLink() ? "a symbolic link" : "not empty";
  throw new StoreError(
    "unwritable",
    `${name} is ${found.isDirectory() ? "a folder" : what}, so it cannot lock out a second server; make sure that no server uses the database, remove ${name}, and try again.`,
  );
}
