import { assertUsable } from "./claim-sqlite.ts";
import { readerOf } from "./facade.ts";
import { assertCurrentSqlite } from "./migrate-sqlite.ts";
import { readOnly } from "./read-only-store.ts";
import { tables } from "./schema.sqlite.ts";
import { toStoreError, openReader } from "./sqlite-connection.ts";
import { resolveDatabase } from "./sqlite-files.ts";
import { typedQueries } from "./sqlite-statements.ts";
import type { Store } from "./store.ts";

/**
 * Opens the SQLite file at `path` for reading only, also beside a server. Creates, migrates and writes nothing.
 *
 * @throws `StoreError`: `older_database` and `newer_database` for the schema of another build, `not_a_database`, `unwritable`,
 * `unfinished_restore`, `missing_database`.
 */
export async function openSqliteReader({ path }: { readonly path: string }): Promise<Store> {
  try {
    assertUsable(resolveDatabase(path));
    const reader = openReader(path);
    try {
      assertCurrentSqlite(reader);
      const answers = reader.prepare("select 1");
      return readOnly({
        dialect: "sqlite",
        read: readerOf(typedQueries(reader), { dialect: "sqlite", tables }),
        ping: async () => void answers.get(),
        close: async () => void reader.close(),
      });
    } catch (error) {
      reader.close();
      throw error;
    }
  } catch (error) {
    throw toStoreError(path, error);
  }
}
