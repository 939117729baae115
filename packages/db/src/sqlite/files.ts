import { closeSync, existsSync, fsyncSync, lstatSync, openSync, readdirSync, readlinkSync, realpathSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { StoreError } from "../store-error.ts";

/** The files that SQLite has beside a database file, by suffix: a log, its index, and the journal of another mode. */
const COMPANIONS = ["-wal", "-shm", "-journal"] as const;

/** The copy that a restore prepares. The database is unchanged while it exists. */
export const restoringName = (database: string): string => `${database}.restoring`;

/** The copy of a restore that has started to move an unreadable database to `before-<stamp>`. */
export const replacingName = (database: string, stamp: string): string => `${database}.replacing-${stamp}`;

/** The previous database, which a restore replaced. */
export const previousName = (database: string, stamp: string): string => `${database}.before-${stamp}`;

/** The files of a database that exist, the database file last. */
export function databaseFiles(database: string): { readonly file: string; readonly companion: string }[] {
  return [...COMPANIONS, ""].map((companion) => ({ file: database + companion, companion })).filter(({ file }) => existsSync(file));
}

/** Removes a database with all of its files. */
export function removeDatabase(database: string): void {
  for (const { file } of databaseFiles(database)) rmSync(file, { force: true });
}

/**
 * The path of a database with symbolic links resolved, where SQLite keeps the log too. Throws `missing_database` for a broken link: a
 * new database there would hide the one that is not mounted.
 */
export function resolveDatabase(database: string): string {
  if (existsSync(database)) return realpathSync(database);
  if (!lstatSync(database, { throwIfNoEntry: false })?.isSymbolicLink()) return path.resolve(database);
  throw new StoreError(
    "missing_database",
    `${database} links to ${readlinkSync(database)}, where there is no database; mount it, or remove the link.`,
  );
}

/** The stamp of a restore that was interrupted while it moved an unreadable database; null if there is none. */
export function interruptedReplacement(database: string): string | null {
  const prefix = path.basename(replacingName(database, ""));
  const found = listFolder(database).find((name) => name.startsWith(prefix));
  return found === undefined ? null : found.slice(prefix.length);
}

/**
 * Throws if an opened `database` would show neither the data before a restore nor the data after it: `unfinished_restore` if a restore was
 * interrupted, `missing_database` if there is a log without its database. The message has the fix.
 */
export function assertWholeDatabase(database: string): void {
  if (interruptedReplacement(database) !== null)
    throw new StoreError(
      "unfinished_restore",
      `A restore of ${database} was interrupted while it replaced the database; run the same restore command again to complete it.`,
    );
  const copy = restoringName(database);
  if (existsSync(copy))
    throw new StoreError(
      "unfinished_restore",
      `A restore of ${database} was interrupted before it replaced anything; run it again with --force, or delete ${copy} to continue without it.`,
    );
  const log = `${database}-wal`;
  if (sizeOf(log) > 0 && sizeOf(database) === 0)
    throw new StoreError(
      "missing_database",
      `${database} is missing or empty, but its log ${log} is not; put the database back beside it, or restore a backup with --force.`,
    );
}

/**
 * Removes further names that an interrupted restore gave the database. Restores keep the replaced database by a hard link
 * before they replace it; one that was interrupted in between leaves two names of one file.
 */
export function removePreviousAliases(database: string): void {
  const found = statSync(database, { throwIfNoEntry: false });
  if (found === undefined || found.nlink < 2) return;
  const prefix = path.basename(previousName(database, ""));
  for (const name of listFolder(database)) {
    const alias = path.join(path.dirname(database), name);
    if (name.startsWith(prefix) && statSync(alias, { throwIfNoEntry: false })?.ino === found.ino) rmSync(alias);
  }
}

const listFolder = (database: string): string[] => (existsSync(path.dirname(database)) ? readdirSync(path.dirname(database)) : []);

/** The size of a file in bytes; 0 if there is none. */
export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Syncs a file, or the names in a folder, to the disk. Folders that cannot be synced (some network drives) are ignored. */
export function syncToDisk(place: string): void {
  const descriptor = openSync(place, "r");
  try {
    fsyncSync(descriptor);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && (error.code === "EINVAL" || error.code === "ENOTSUP"))) throw error;
  } finally {
    closeSync(descriptor);
  }
}
