import { explained, openReader } from "./sqlite-connection.ts";

/** The blobs that the SQLite file at `path` knows, by name; none for a file from before there were any. Throws a `StoreError`. */
export function sqliteBlobNames(path: string): string[] {
  try {
    const db = openReader(path);
    try {
      const isThere = db.prepare("select 1 from sqlite_master where type = 'table' and name = 'blobs'").get() !== undefined;
      return isThere ? db.prepare<[], string>("select name from blobs order by id").pluck().all() : [];
    } finally {
      db.close();
    }
  } catch (error) {
    throw explained(path, error);
  }
}
