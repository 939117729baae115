import { isStoreError, type StoreErrorCode } from "./store-error.ts";

/** Why the database or a disk failed, although the request was valid. */
export type StorageFailure =
  | "database_unreachable" // PostgreSQL refuses or ended the connection, or does not respond
  | "artifacts_unreachable" // the object storage does not respond
  | "artifact_damaged" // the bytes of an artifact are missing or differ from those that were uploaded
  | "outcome_unknown" // the connection was lost during COMMIT
  | "busy" // too many connections, a lock or a statement took too long
  | "disk_full"
  | "read_only"
  | "io_error"
  | "damaged" // the database file is corrupt: only an operator can help
  | "closing"; // the process is stopping

// the process is stopping

/**
 * Classifies a failure by the codes of the error and of its causes: SQLite's names, PostgreSQL's SQLSTATEs, the file system's codes, and
 * those of `StoreError` and `BlobError`. Returns null for everything else, which is a bug or an invalid request.
 *
 * Socket codes such as ECONNRESET are ignored: they may belong to the caller's connection. The PostgreSQL store converts its own
 * into a `StoreError`.
 */
export function storageFailureOf(error: unknown): StorageFailure | null {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const failure = failureOfOne(cause);
    if (failure !== null) return failure;
  }
  return null;
}

function failureOfOne(error: Error): StorageFailure | null {
  if (isStoreError(error)) return STORE[error.code] ?? null;
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  if (code === null) return null;
  // By its name, since two bundles may contain two copies of the class.
  if (error.name === "BlobError") return BLOBS[code] ?? null;
  if (code.startsWith("SQLITE_")) return SQLITE.find(([prefix]) => code.startsWith(prefix))?.[1] ?? null;
  if (/^[0-9A-Z]{5}$/.test(code) && "severity" in error) return POSTGRES.find(([prefix]) => code.startsWith(prefix))?.[1] ?? null;
  return "syscall" in error ? (FILES[code] ?? null) : null;
}

const BLOBS: Readonly<Record<string, StorageFailure>> = {
  unreachable: "artifacts_unreachable",
  full: "disk_full",
  missing: "artifact_damaged",
  damaged: "artifact_damaged",
};

const STORE: Partial<Record<StoreErrorCode, StorageFailure>> = {
  unreachable: "database_unreachable",
  connection_lost: "database_unreachable",
  silent: "database_unreachable",
  outcome_unknown: "outcome_unknown",
  busy: "busy",
  read_only: "read_only",
  unwritable: "read_only",
  failed_sync: "io_error",
  not_a_database: "damaged",
  closed: "closing",
};

/** By prefix of the code, since extended codes such as SQLITE_IOERR_FSYNC append to it. */
const SQLITE: readonly (readonly [string, StorageFailure])[] = [
  ["SQLITE_FULL", "disk_full"],
  ["SQLITE_BUSY", "busy"],
  ["SQLITE_LOCKED", "busy"],
  ["SQLITE_PROTOCOL", "busy"],
  ["SQLITE_NOMEM", "busy"],
  ["SQLITE_READONLY", "read_only"],
  ["SQLITE_PERM", "read_only"],
  ["SQLITE_IOERR", "io_error"],
  ["SQLITE_CANTOPEN", "io_error"],
  ["SQLITE_CORRUPT", "damaged"],
  ["SQLITE_NOTADB", "damaged"],
];

/** By class or code (PostgreSQL, appendix A), the more specific first. */
const POSTGRES: readonly (readonly [string, StorageFailure])[] = [
  ["53100", "disk_full"],
  ["53", "busy"], // out of memory, too many connections, a configured limit
  ["55P03", "busy"], // a lock was not free in time
  ["57014", "busy"], // canceled, as by statement_timeout
  ["40001", "busy"], // lost against another transaction more often than it is retried
  ["40P01", "busy"],
  ["57P", "database_unreachable"], // shut down, crashed, starting up
  ["08", "database_unreachable"],
  ["25P03", "database_unreachable"], // ended for being idle inside a transaction
  ["28", "database_unreachable"], // credentials that no longer work
  ["3D000", "database_unreachable"], // the database was dropped
  ["25006", "read_only"],
  ["58", "io_error"],
  ["XX001", "damaged"],
  ["XX002", "damaged"],
];

/** File system errors for reading or writing a blob. */
const FILES: Readonly<Record<string, StorageFailure>> = {
  ENOSPC: "disk_full",
  EDQUOT: "disk_full",
  EROFS: "read_only",
  EACCES: "read_only",
  EPERM: "read_only",
  EIO: "io_error",
  ESTALE: "io_error",
  EMFILE: "busy",
  ENFILE: "busy",
};
