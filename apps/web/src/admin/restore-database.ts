import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { checkSqlite } from "@landfall/db/check-sqlite";
import { claimSqlite } from "@landfall/db/claim-sqlite";
import { openSqlite } from "@landfall/db/open-sqlite";
import { OperatorError } from "../serving/operator-error.ts";

export type RestoreOptions<T> = {
  readonly force: boolean;
  readonly now: Date;
  /** Does what else belongs to a restore, with the copy before it is in the database's place. */
  readonly beside?: ((copy: string) => Promise<T>) | undefined;
};

/** Where what was there is kept, if anything was; and what `beside` answered. */
export type Restored<T> = { readonly kept: string | null; readonly answer: T | undefined };

/**
 * Replaces the database at `database` by the backup at `backup`, once that has proved whole and of a version this build can serve.
 * What was there is kept beside. Throws a `StoreError` (`in_use`, `newer_database`, `not_a_database`), an
 * `OperatorError`, or what `beside` throws; the database is then as it was.
 */
export async function restoreDatabase<T>(
  backup: string,
  database: string,
  { force, now, beside }: RestoreOptions<T>,
): Promise<Restored<T>> {
  if (!existsSync(backup)) throw new OperatorError(`There is no file ${backup}.`);
  mkdirSync(path.dirname(database), { recursive: true, mode: 0o700 });
  const release = claimSqlite(database);
  const copy = `${database}.restoring`;
  try {
    if (existsSync(database) && !force)
      throw new OperatorError(`${database} holds data already; add --force to replace it (it is kept beside under another name).`);
    removeDatabase(copy);
    copyFileSync(backup, copy);
    const [problem] = await checkSqlite(copy);
    if (problem !== undefined) throw new OperatorError(`${backup} is no sound backup: ${problem.replaceAll(copy, backup)}`);
    const store = await openSqlite({ path: copy });
    await store.close();
    const answer = await beside?.(copy);
    const kept = existsSync(database) ? `${database}.before-${now.toISOString().replaceAll(/[:.]/g, "-")}` : null;
    if (kept !== null) moveDatabase(database, kept);
    moveDatabase(copy, database);
    return { kept, answer };
  } finally {
    removeDatabase(copy);
    release();
  }
}

/** A SQLite database is its file and the log beside it. */
const PARTS = ["", "-wal", "-shm"];

function moveDatabase(from: string, to: string): void {
  for (const part of PARTS) if (existsSync(from + part)) renameSync(from + part, to + part);
}

function removeDatabase(file: string): void {
  for (const part of PARTS) rmSync(file + part, { force: true });
}
