import { lstatSync } from "node:fs";
import Database from "better-sqlite3";
import { StoreError } from "../store-error.ts";
import { toStoreError } from "./connection.ts";
import { assertWholeDatabase, resolveDatabase } from "./files.ts";

/**
 * Claims a SQLite file for one serving process and returns how to release it. The claim is a lock on `<file>.lock`, which the operating
 * system releases when the process ends for any reason; of a symbolic link, beside the file it leads to. Commands that run beside a server
 * do not claim; their writes wait for the server's.
 *
 * @throws `StoreError`: `in_use` when another process holds it, `unwritable` when the lock cannot be made or is not one.
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
      `${file} is served by another process already. One process serves a SQLite file; use PostgreSQL for more.`,
      { cause: error },
    );
  }
}

/**
 * For a process that does not claim the file: throws as `assertWholeDatabase`, or `in_use` when the restore that looks interrupted is still
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

/** A lock is an empty file. A link or anything else in its place would not keep a second server out, or would harm what it leads to. */
function assertIsLock(name: string): void {
  const found = lstatSync(name, { throwIfNoEntry: false });
  if (found === undefined || (found.isFile() && found.size === 0)) return;
  const what = found.isSymbolicLink() ? "a symbolic link" : "not empty";
  throw new StoreError(
    "unwritable",
    `${name} is ${found.isDirectory() ? "a folder" : what}, so it cannot keep a second server out; make sure that no server uses the database, remove ${name}, and try again.`,
  );
}
