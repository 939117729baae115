import { fileURLToPath } from "node:url";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import { StoreError } from "./store-error.ts";
import type { Dialect } from "./store.ts";

/** The folder of a dialect's migrations. */
export const migrationsFolder = (dialect: Dialect): string => fileURLToPath(new URL(`../migrations/${dialect}`, import.meta.url));

/** The migrations of this build, oldest first. `folderMillis` identifies one in Drizzle's table of applied migrations. */
export const knownMigrations = (dialect: Dialect): MigrationMeta[] => readMigrationFiles({ migrationsFolder: migrationsFolder(dialect) });

/** Throws `newer_database` if `applied` (the times that Drizzle recorded) has a migration that is not in `known`. */
export function assertNotNewer(applied: readonly number[], known: readonly MigrationMeta[]): void {
  const names = new Set(known.map((migration) => migration.folderMillis));
  const unknown = applied.filter((when) => !names.has(when));
  if (unknown.length === 0) return;
  throw new StoreError(
    "newer_database",
    `The database was last used by a newer version of Landfall (${unknown.length} unknown migration${unknown.length > 1 ? "s" : ""}); start that version or a later one.`,
  );
}

/** Throws `older_database` if `database`, which must not be changed, lacks `missing` migrations. */
export function assertNotOlder(missing: number, database: string): void {
  if (missing === 0) return;
  throw new StoreError(
    "older_database",
    `${database} was last used by an older version of Landfall (${missing} missing migration${missing > 1 ? "s" : ""}), and commands that only read do not change it; start this version once, or use the commands of the older one.`,
  );
}
