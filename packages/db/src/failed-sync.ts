import { StoreError } from "./store-error.ts";

/**
 * The error of every write after a failed fsync of the database `file` or its log. The kernel may have dropped what it could not
 * write, and reports the failure only once: a later fsync that succeeds proves nothing about the earlier writes.
 */
export function failedSync(file: string, cause: unknown): StoreError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StoreError(
    "failed_sync",
    `The disk failed to keep what was written to ${file} (${reason}). No write is accepted until Landfall is restarted.`,
    { cause },
  );
}

/** Whether SQLite reports a failed fsync. */
export function isFailedSync(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^SQLITE_IOERR_(DIR_)?FSYNC$/.test(String(error.code));
}
