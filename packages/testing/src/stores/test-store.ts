import { createHash } from "node:crypto";
import { knownMigrations } from "@landfall/db/migrations";
import type { Dialect, OnError, Store } from "@landfall/db/store";

/** A fresh store with the shipped schema and no rows. */
export interface TestStore {
  readonly store: Store;
  readonly dialect: Dialect;
  /** Closes the store and deletes its data. */
  readonly close: () => Promise<void>;
}

export type OpenTestStore = (options?: { readonly onError?: OnError }) => Promise<TestStore>;

/** A name for the schema of a dialect's migrations, of letters and digits; the same for the same migrations. */
export function schemaKey(dialect: Dialect): string {
  const hash = createHash("sha256");
  for (const migration of knownMigrations(dialect)) hash.update(`${migration.folderMillis} ${migration.hash}\n`);
  return hash.digest("hex").slice(0, 16);
}
