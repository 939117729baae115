import { mkdirSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { StoreError } from "../store-error.ts";

export type Synchronous = "full" | "normal";

/** How long opening waits for another process's migration or checkpoint; SQLite blocks the thread meanwhile. */
const OPEN_TIMEOUT = 10_000;

/** Opens the file for writing, creating it and its directory if they are missing. Throws a `StoreError`. */
export function openWriter(file: string, synchronous: Synchronous): Database.Database {
  return withStoreErrors(file, () => {
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 });
    const db = new Database(file, { timeout: OPEN_TIMEOUT });
    const mode = db.pragma("journal_mode = wal", { simple: true });
    if (mode !== "wal")
      throw new StoreError(
        "unwritable",
        `${file} cannot use a write-ahead log (its journal mode is "${String(mode)}"). Is it on a network drive?`,
      );
    return configureWriter(db, synchronous);
  });
}

/** Sets up a connection that writes. It has no automatic checkpoints, which would sync twice on the thread of the commit. */
export function configureWriter(db: Database.Database, synchronous: Synchronous): Database.Database {
  db.pragma(`synchronous = ${synchronous}`);
  db.pragma("wal_autocheckpoint = 0");
  return configureConnection(db);
}

/** Starts or continues the log with a transaction that changes nothing. When the log starts over, its header is synced here. */
export function writeNoop(db: Database.Database): void {
  db.transaction(() => {
    const version = db.pragma("user_version", { simple: true });
    db.pragma(`user_version = ${Number(version)}`);
  }).immediate();
}

/** Opens the file for reading committed data, beside a writer. */
export function openReader(file: string): Database.Database {
  return withStoreErrors(file, () =>
    configureConnection(new Database(file, { readonly: true, fileMustExist: true, timeout: OPEN_TIMEOUT })),
  );
}

/**
 * SQLite's default cache of 16 MiB per connection is kept. No `mmap_size`: reads get a seventh faster, but the file then counts as
 * this process's memory, and a disk that fails to read a page ends it.
 */
function configureConnection(db: Database.Database): Database.Database {
  db.pragma("foreign_keys = on");
  db.pragma("temp_store = memory");
  return db;
}

const causes: Record<string, ["unwritable" | "not_a_database" | "busy", (file: string) => string]> = {
  SQLITE_NOTADB: ["not_a_database", (file) => `${file} is not a SQLite database.`],
  SQLITE_CORRUPT: ["not_a_database", (file) => `${file} is damaged. Restore it from a backup.`],
  SQLITE_BUSY: ["busy", (file) => `${file} is locked by another process. Is a backup or a migration running?`],
};

function withStoreErrors(file: string, open: () => Database.Database): Database.Database {
  try {
    return open();
  } catch (error) {
    throw toStoreError(file, error);
  }
}

/** Converts an error of SQLite or the file system for `file` into a `StoreError` with a message for operators. */
export function toStoreError(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const code = "code" in error ? String(error.code) : "";
  const [reason, message] = Object.entries(causes).find(([prefix]) => code.startsWith(prefix))?.[1] ?? [];
  if (reason && message) return new StoreError(reason, message(file), { cause: error });
  if (/^SQLITE_(CANTOPEN|READONLY|IOERR|PERM|FULL)|^E[A-Z]+$/.test(code) || /^Cannot (open database|save backup)/.test(error.message)) {
    return new StoreError("unwritable", `${file} cannot be opened or written: ${error.message}.`, { cause: error });
  }
  return error;
}
