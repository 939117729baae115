import type { KnownBlob } from "./blobs/copy-blobs.ts";
import { toStoreError, openReader } from "./sqlite-connection.ts";

/** The blobs that the SQLite file at `path` knows; none for a file from before there were any. Throws a `StoreError`. */
export function sqliteBlobs(path: string): KnownBlob[] {
  try {
    const db = openReader(path);
    try {
      const isThere = db.prepare("select 1 from sqlite_master where type = 'table' and name = 'blobs'").get() !== undefined;
      return isThere ? db.prepare<[], KnownBlob>("select name, size from blobs order by id").all() : [];
    } finally {
      db.close();
    }
  } catch (error) {
    throw toStoreError(path, error);
  }
}
