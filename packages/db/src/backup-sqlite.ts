import { existsSync, renameSync, rmSync } from "node:fs";
import Database from "better-sqlite3";
import { explained, openReader } from "./sqlite-connection.ts";
import { StoreError } from "./store-error.ts";

/** Pages copied between two looks at the sockets: 4 MiB, some milliseconds. */
const pagesAtATime = 1_024;

/**
 * Copies the database at `source` to `destination` as it is at one moment, beside a process that serves and writes it. The copy is
 * one file, and appears under its name only when it is whole. Throws a `StoreError`: `unwritable` when something is at `destination`
 * already or nothing can be written there, `not_a_database`. `beside` does what else belongs to
 * a backup, with the copy before it appears; what it answers is answered, and what it throws is thrown.
 */
export async function backupSqlite<T>(source: string, destination: string, beside?: (copy: string) => Promise<T>): Promise<T | undefined> {
  if (existsSync(destination)) throw new StoreError("unwritable", `${destination} exists already; a backup does not overwrite it.`);
  const unfinished = `${destination}.unfinished`;
  try {
    await copySqlite(source, unfinished);
    const answer = await beside?.(unfinished);
    renameSync(unfinished, destination);
    return answer;
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw explained(destination, error);
  }
}

async function copySqlite(source: string, unfinished: string): Promise<void> {
  const db = openReader(source);
  try {
    // A read transaction holds one moment still. Without it SQLite starts the copy over at each write of another process.
    db.exec("begin");
    db.prepare("select count(*) from sqlite_master").get();
    rmSync(unfinished, { force: true });
    await db.backup(unfinished, { progress: () => pagesAtATime });
  } finally {
    db.close();
  }
  // Without a log of its own, whoever reads the copy leaves nothing beside it.
  const copy = new Database(unfinished);
  try {
    copy.pragma("journal_mode = delete");
  } finally {
    copy.close();
  }
}
