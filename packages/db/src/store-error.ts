export type StoreErrorCode =
  | "unwritable" // the file or its directory cannot be written
  | "not_a_database" // the file is not a SQLite database of Landfall
  | "newer_database" // has a migration that this build does not have
  | "older_database" // lacks a migration, and is opened for reading only
  | "unfinished_restore" // a restore was interrupted
  | "missing_database" // there is a log or a link, but not the database it belongs to
  | "in_use" // another process serves this SQLite file
  | "busy" // another process kept SQLite's write lock, or all connections to PostgreSQL were in use, for too long
  | "unreachable" // PostgreSQL does not accept a connection
  | "connection_lost" // the connection to PostgreSQL ended before the COMMIT
  | "silent" // PostgreSQL did not respond to a statement in time
  | "outcome_unknown" // the connection was lost during COMMIT: the transaction may be stored or not
  | "read_only" // the database accepts no writes, or the store was opened for reading only
  | "failed_sync" // the disk failed to store what was written; writes are rejected until the process starts again
  | "closed" // the store was used after `close`
  | "nested_transaction" // `transaction` was called inside a transaction
  | "slow_transaction" // a transaction waited for something other than the database
  | "transaction_over" // a transaction's handle was used after its end
  | "aborted"; // PostgreSQL had aborted the transaction before its commit

const brand = Symbol.for("landfall.StoreError");

/** An error of the store. Its message is for operators, not for callers of the API. */
export class StoreError extends Error {
  readonly [brand] = true;
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "StoreError";
    this.code = code;
  }
}

/** Whether an error is a `StoreError`, by its brand: `instanceof` fails when two bundles contain a copy of this file. */
export function isStoreError(error: unknown): error is StoreError {
  return typeof error === "object" && error !== null && brand in error;
}

/** The codes of an error and its causes, outermost first: SQLite's names, PostgreSQL's SQLSTATEs, Node's "ECONNREFUSED". */
export function errorCodes(error: unknown): string[] {
  const codes: string[] = [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") codes.push(cause.code);
  }
  return codes;
}

const codes = new Set(["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"]);

/** Whether a statement failed because a row with the same unique values exists; in PostgreSQL its transaction is then aborted. */
export function isUniqueViolation(error: unknown): boolean {
  return errorCodes(error).some((code) => codes.has(code));
}
