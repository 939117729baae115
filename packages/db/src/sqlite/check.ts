import { existsSync } from "node:fs";
import type { Database } from "better-sqlite3";
import { assertUsable } from "./claim.ts";
import { openReader, toStoreError } from "./connection.ts";
import { resolveDatabase, sizeOf } from "./files.ts";

/** The most problems listed per table; a damaged page can cause thousands. */
const MAX_PROBLEMS = 5;

/**
 * Returns the problems of the SQLite file at `path`, one sentence each that names the damaged table; none if it is intact. A file without
 * tables is a problem. Reads every page, so it takes a while for a large file, but may run while a process serves it. Writes
 * nothing.
 */
export async function checkSqlite(path: string): Promise<string[]> {
  try {
    const file = resolveDatabase(path);
    assertUsable(file);
    if (existsSync(file) && sizeOf(file) === 0) return [`${path} is empty (0 bytes): it contains no database.`];
    const db = openReader(path);
    try {
      const damage = damageOf(db, path);
      // SQLite cannot check foreign keys on damaged pages.
      return damage.length > 0 ? damage : orphansIn(db);
    } finally {
      db.close();
    }
  } catch (error) {
    const reason = toStoreError(path, error);
    return [reason instanceof Error ? reason.message : String(reason)];
  }
}

function damageOf(db: Database, path: string): string[] {
  const tables = db.prepare<[], string>("select name from sqlite_master where type = 'table' and rootpage > 0").pluck().all();
  if (tables.length === 0) return [`${path} contains no tables.`];
  const problems = integrityOf(db);
  if (problems.length === 0) return [];
  const damage = tables.flatMap((table) => integrityOf(db, table).map((problem) => `The table ${table} is damaged: ${problem}`));
  return damage.length > 0 ? damage : problems;
}

/** The problems of one table and its indexes, or of the whole file. SQLite may stop before the end. */
function integrityOf(db: Database, table?: string): string[] {
  const problems: string[] = [];
  try {
    const source = table === undefined ? "pragma_integrity_check" : "pragma_integrity_check(?)";
    const check = db.prepare<string[], string>(`select integrity_check from ${source}`).pluck();
    for (const problem of check.iterate(...(table === undefined ? [] : [table]))) {
      if (problem !== "ok") problems.push(...problem.split("\n").filter((line) => !line.startsWith("***")));
      if (problems.length >= MAX_PROBLEMS) break;
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (problems.length === 0) problems.push(`its pages cannot be read (${error.message}).`);
  }
  return problems.slice(0, MAX_PROBLEMS);
}

function orphansIn(db: Database): string[] {
  type Orphan = { readonly table: string; readonly parent: string; readonly rows: number };
  const orphans = db.prepare<[], Orphan>(`select "table", parent, count(*) as rows from pragma_foreign_key_check group by 1, 2`).all();
  return orphans.map(({ table, parent, rows }) => `${rows} rows of ${table} refer to rows of ${parent} that do not exist.`);
}
