import { closeSync, fdatasync, fdatasyncSync, fstatSync, openSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { StoreError } from "../store-error.ts";
import { syncToDisk } from "./files.ts";

/** The write-ahead log of a SQLite file that is open for writing. */
export interface WalFile {
  /**
   * Makes everything that was written to the log before the call durable, on the thread pool. Throws `failed_sync`, also when the
   * log is no longer at its path: SQLite would continue to write to a file that a restart does not find.
   */
  sync(): Promise<void>;
  close(): void;
}

const sync = promisify(fdatasync);

/**
 * Opens the log of the SQLite file at `file` and makes its content durable, with its directory entry. One descriptor is used for
 * as long as the database is open: SQLite keeps the file meanwhile, and Linux reports a failed write-back to the descriptors that
 * were open when it happened. SQLite's locks are not on this file, so closing it drops none.
 */
export function openWalFile(file: string): WalFile {
  // SQLite puts the log beside the target of a link.
  const log = `${realpathSync(file)}-wal`;
  // Windows only syncs files that are open for writing.
  const descriptor = openSync(log, "r+");
  const { dev, ino } = fstatSync(descriptor);
  fdatasyncSync(descriptor);
  // Windows cannot open directories, and does not need to sync their entries.
  if (process.platform !== "win32") syncToDisk(path.dirname(log));
  return {
    async sync() {
      try {
        await sync(descriptor);
        const there = statSync(log);
        if (there.ino !== ino || there.dev !== dev) throw new Error(`${log} was replaced`);
      } catch (error) {
        throw failedSync(file, error);
      }
    },
    close: () => closeSync(descriptor),
  };
}

/**
 * The error of every write after a failed fsync of the database `file` or its log. The kernel may have dropped the data, and reports the
 * failure only once: a later fsync that succeeds proves nothing about the earlier writes.
 */
export function failedSync(file: string, cause: unknown): StoreError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StoreError(
    "failed_sync",
    `The disk failed to store what was written to ${file} (${reason}). No write is accepted until Landfall is restarted.`,
    { cause },
  );
}

/** Whether SQLite reports a failed fsync. */
export function isFailedSync(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^SQLITE_IOERR_(DIR_)?FSYNC$/.test(String(error.code));
}
