import { renameSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import type { KnownBlob } from "../blobs/copy-blobs.ts";
import { StoreError } from "../store-error.ts";
import { assertUsable } from "./claim.ts";
import { openReader, toStoreError } from "./connection.ts";
import { databaseFiles, removeDatabase, resolveDatabase, syncToDisk } from "./files.ts";

/** Pages copied before the event loop continues: 4 MiB, some milliseconds. */
const pagesAtATime = 1_024;

/**
 * Copies the database at `source` to `destination` as a snapshot, while another process serves and writes it. The copy is
 * one file, and appears under its name only when it is complete. Throws a `StoreError`: `unwritable` when `destination` exists
 * or cannot be written, `not_a_database`. `beside` runs with the
 * complete copy before it appears; its result is returned, and its errors are thrown.
 */
export async function backupSqlite<T>(source: string, destination: string, beside?: (copy: string) => Promise<T>): Promise<T | undefined> {
  // SQLite would read a leftover log as part of the new backup.
  const [found] = databaseFiles(destination).toReversed();
  if (found) throw new StoreError("unwritable", `${found.file} already exists; a backup does not overwrite it.`);
  const unfinished = `${destination}.unfinished`;
  try {
    await copySqlite(source, unfinished);
    const result = await beside?.(unfinished);
    syncToDisk(unfinished);
    renameSync(unfinished, destination);
    syncToDisk(path.dirname(destination));
    return result;
  } catch (error) {
    removeDatabase(unfinished);
    throw toStoreError(destination, error);
  }
}

async function copySqlite(source: string, unfinished: string): Promise<void> {
  assertUsable(resolveDatabase(source));
  const db = openReader(source);
  try {
    // A read transaction keeps the snapshot. Without it SQLite restarts the copy at each write of another process.
    db.exec("begin");
    db.prepare("select count(*) from sqlite_master").get();
    removeDatabase(unfinished);
    await db.backup(unfinished, { progress: () => pagesAtATime });
  } finally {
    db.close();
  }
  // Without a log, reading the copy leaves no files beside it.
  const copy = new Database(unfinished);
  try {
    copy.pragma("journal_mode = delete");
  } finally {
    copy.close();
  }
}

/** The blobs in the SQLite file at `path`; none for a file from a version without blobs. Throws a `StoreError`. */
export function sqliteBlobs(path: string): KnownBlob[] {
  try {
    const db = openReader(path);
    try {
      const exists = db.prepare("select 1 from sqlite_master where type = 'table' and name = 'blobs'").get() !== undefined;
      return exists ? db.prepare<[], KnownBlob>("select name, size from blobs order by id").all() : [];
    } finally {
      db.close();
    }
  } catch (error) {
    throw toStoreError(path, error);
  }
}
