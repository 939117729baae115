import { explained, openReader } from "./sqlite-connection.ts";

/**
 * What is wrong with the SQLite file at `path`, one sentence each; nothing when all is well. Reads every page, so it takes a while
 * on a large file, but may run beside a process that serves it.
 */
export async function checkSqlite(path: string): Promise<string[]> {
  try {
    const db = openReader(path);
    try {
      const damage = db.prepare<[], string>("select integrity_check from pragma_integrity_check").pluck().all();
      const orphans = db.prepare<[], Orphan>(`select "table", parent, count(*) as rows from pragma_foreign_key_check group by 1, 2`).all();
      return [
        ...damage.filter((problem) => problem !== "ok"),
        ...orphans.map(({ table, parent, rows }) => `${rows} rows of ${table} refer to rows of ${parent} that do not exist.`),
      ];
    } finally {
      db.close();
    }
  } catch (error) {
    const reason = explained(path, error);
    return [reason instanceof Error ? reason.message : String(reason)];
  }
}

type Orphan = { readonly table: string; readonly parent: string; readonly rows: number };
