import path from "node:path";
import Database from "better-sqlite3";

/** Opens the SQLite file of a data directory for `work`, without a server. */
export function useDatabase<T>(dataDir: string, work: (db: Database.Database) => T): T {
  const db = new Database(path.join(dataDir, "landfall.db"));
  try {
    return work(db);
  } finally {
    db.close();
  }
}
