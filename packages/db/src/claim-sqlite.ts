import Database from "better-sqlite3";
import { explained } from "./sqlite-connection.ts";
import { StoreError } from "./store-error.ts";

/**
 * Claims a SQLite file for one serving process and answers how to give it back. The claim is a lock on `<file>.lock`, which the
 * operating system drops when the process ends, however it ends. Throws `in_use` when another process holds it. Commands that run
 * beside a server do not claim; their writes wait for the server's.
 */
export function claimSqlite(file: string): () => void {
  try {
    const lock = new Database(`${file}.lock`, { timeout: 0 });
    try {
      lock.exec("begin exclusive");
    } catch (error) {
      lock.close();
      throw error;
    }
    return () => void lock.close();
  } catch (error) {
    const reason = explained(file, error);
    if (!(reason instanceof StoreError && reason.code === "busy")) throw reason;
    throw new StoreError(
      "in_use",
      `${file} is served by another process already. One process serves a SQLite file; use PostgreSQL for more.`,
      { cause: error },
    );
  }
}
