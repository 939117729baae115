import { chmodSync, createReadStream, createWriteStream, existsSync, linkSync, mkdirSync, renameSync, statSync } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import Database from "better-sqlite3";
import { isStoreError, StoreError } from "../store-error.ts";
import type { Store } from "../store.ts";
import { checkSqlite } from "./check.ts";
import { claimSqlite } from "./claim.ts";
import { toStoreError } from "./connection.ts";
import {
  databaseFiles,
  interruptedReplacement,
  previousName,
  removeDatabase,
  removePreviousAliases,
  replacingName,
  resolveDatabase,
  restoringName,
  sizeOf,
  syncToDisk,
} from "./files.ts";
import { openSqlite } from "./open.ts";

export type RestoreOptions<T> = {
  /** Whether an existing database may be replaced. */
  readonly force: boolean;
  readonly now: Date;
  /** Performs further steps of the restore with the verified copy, before the database is replaced. */
  readonly beside?: ((copy: string) => Promise<T>) | undefined;
  /** Changes the restored database before it replaces the old one. */
  readonly adjust?: (store: Store) => Promise<void>;
};

/** The path of the replaced database, if there was one, and the result of `beside`. */
export type Restored<T> = { readonly previous: string | null; readonly result: T | undefined };

/**
 * Replaces the database at `database` with the backup at `backup`, once a copy of it is verified and migrated to this build's schema.
 *
 * If it is killed, it leaves the old database or the new one, or a state that `assertWholeDatabase` rejects and that the same restore
 * completes. The old database is kept, with everything in its log, as `<database>.before-<time>`: a hard link with that name exists before
 * one rename replaces it. Only an unreadable one, whose log cannot be written into it, is moved by several renames; the `replacing-` copy
 * records that they have started.
 *
 * @throws `StoreError`: `in_use`, `newer_database`, `not_a_database`, `unwritable`, `missing_database`; and what `beside` throws. The
 * database is then unchanged.
 */
export async function restoreSqlite<T>(backup: string, database: string, options: RestoreOptions<T>): Promise<Restored<T>> {
  try {
    assertBackupFile(backup);
    mkdirSync(path.dirname(database), { recursive: true, mode: 0o700 });
    const target = resolveDatabase(database);
    const release = claimSqlite(target);
    try {
      return await restoreClaimed(backup, target, options);
    } finally {
      release();
    }
  } catch (error) {
    throw toStoreError(database, error);
  }
}

async function restoreClaimed<T>(backup: string, target: string, { force, now, beside, adjust }: RestoreOptions<T>): Promise<Restored<T>> {
  completeReplacement(target);
  assertReplaceable(target, force);
  const copy = restoringName(target);
  try {
    removeDatabase(copy);
    await copyDatabase(backup, copy);
    await verifyCopy(backup, copy, adjust);
    const result = await beside?.(copy);
    syncToDisk(copy);
    const previous = replaceDatabase(copy, target, now.toISOString().replaceAll(/[:.]/g, "-"));
    const [damage] = await checkSqlite(target);
    if (damage === undefined) return { previous, result };
    const back = previous === null ? "" : ` The replaced database is kept as ${previous}.`;
    throw new StoreError("not_a_database", `${target} was replaced, but was damaged when it was read again: ${damage}${back}`);
  } finally {
    removeDatabase(copy);
  }
}

function assertBackupFile(backup: string): void {
  const found = statSync(backup, { throwIfNoEntry: false });
  if (found?.isFile() && found.size > 0) return;
  if (found === undefined) throw new StoreError("not_a_database", `There is no file ${backup}.`);
  throw new StoreError("not_a_database", `${backup} is not a backup: it is ${found.isFile() ? "an empty file" : "not a file"}.`);
}

function assertReplaceable(target: string, force: boolean): void {
  if (existsSync(target) && !statSync(target).isFile())
    throw new StoreError("not_a_database", `${target} is not a file; move it away, and restore again.`);
  if (databaseFiles(target).length > 0 && !force)
    throw new StoreError(
      "unwritable",
      `${target} already contains data; add --force to replace it (the old file is kept under another name).`,
    );
}

/** Copies a database with its log and journal, readable for its owner only. */
async function copyDatabase(from: string, to: string): Promise<void> {
  for (const { file, companion } of databaseFiles(from)) {
    if (companion !== "-shm")
      await pipeline(
        createReadStream(file, { highWaterMark: 1024 * 1024 }),
        createWriteStream(to + companion, { flags: "wx", mode: 0o600 }),
      );
  }
}

/** Throws unless the copy is a complete database of this product; migrates it and leaves it as one file. */
async function verifyCopy(backup: string, copy: string, adjust?: (store: Store) => Promise<void>): Promise<void> {
  try {
    toOneFile(copy);
    const [problem] = await checkSqlite(copy);
    if (problem !== undefined) throw new StoreError("not_a_database", `${backup} is not an intact backup: ${problem}`);
    const store = await openSqlite({ path: copy });
    try {
      await adjust?.(store);
    } finally {
      await store.close();
    }
    toOneFile(copy);
  } catch (error) {
    const reason = toStoreError(copy, error);
    throw isStoreError(reason) ? new StoreError(reason.code, reason.message.replaceAll(copy, backup), { cause: error }) : reason;
  }
}

/** Writes the log into the database, so that only one file is left. */
function toOneFile(file: string): void {
  const db = new Database(file);
  try {
    db.pragma("journal_mode = delete");
  } finally {
    db.close();
  }
}

/** Replaces the database with the copy. Returns the path of the old one, or null if there was none. */
function replaceDatabase(copy: string, target: string, stamp: string): string | null {
  const previous = previousName(target, stamp);
  const folder = path.dirname(target);
  const replace = (): void => {
    syncToDisk(folder);
    renameSync(copy, target);
    syncToDisk(folder);
  };
  if (databaseFiles(target).length === 0) {
    replace();
    return null;
  }
  const unlock = lockAsOneFile(target);
  try {
    for (const { file } of databaseFiles(target)) chmodSync(file, 0o600);
    removePreviousAliases(target);
    if (unlock !== null && createHardLink(target, previous)) {
      replace();
    } else {
      renameSync(copy, replacingName(target, stamp));
      completeReplacement(target);
    }
  } finally {
    unlock?.();
  }
  return previous;
}

/** Creates a hard link; false if the file system does not support it. */
function createHardLink(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && ["EPERM", "ENOTSUP", "ENOSYS", "EMLINK"].includes(String(error.code))) return false;
    throw error;
  }
}

/**
 * Writes the log of a database into it and locks it, so that no other process adds a log before it is replaced. No other code may open
 * and close the file meanwhile, since that drops POSIX locks. Returns how to unlock it, or null if SQLite cannot read it.
 */
function lockAsOneFile(target: string): (() => void) | null {
  // SQLite would discard the log of an empty file.
  if (sizeOf(target) === 0) return null;
  const db = new Database(target, { timeout: 1_000 });
  try {
    db.pragma("journal_mode = delete");
    db.exec("begin exclusive");
    // Another process may have created the log again in between.
    if (existsSync(`${target}-wal`)) throw inUse(target);
    return () => void db.close();
  } catch (error) {
    db.close();
    const reason = toStoreError(target, error);
    if (isStoreError(reason) && reason.code === "busy") throw inUse(target, error);
    if (isStoreError(reason) && (reason.code === "not_a_database" || isReadFailure(error))) return null;
    throw reason;
  }
}

const inUse = (target: string, cause?: unknown): StoreError =>
  new StoreError("in_use", `${target} is used by another process; wait until that has ended, and restore again.`, { cause });

const isReadFailure = (error: unknown): boolean =>
  error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_IOERR");

/** Moves the old database and puts the `replacing-` copy in its place; continues if that was interrupted. */
function completeReplacement(target: string): void {
  const stamp = interruptedReplacement(target);
  if (stamp === null) return;
  const folder = path.dirname(target);
  syncToDisk(folder);
  for (const { file, companion } of databaseFiles(target)) renameSync(file, previousName(target, stamp) + companion);
  syncToDisk(folder);
  renameSync(replacingName(target, stamp), target);
  syncToDisk(folder);
}
