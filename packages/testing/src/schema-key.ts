import { createHash } from "node:crypto";
import { knownMigrations } from "@landfall/db/migrations";
import type { Dialect } from "@landfall/db/store";

/** Names the schema that all of a dialect's migrations make: the same for the same migrations, in letters and digits. */
export function schemaKey(dialect: Dialect): string {
  const hash = createHash("sha256");
  for (const migration of knownMigrations(dialect)) hash.update(`${migration.folderMillis} ${migration.hash}\n`);
  return hash.digest("hex").slice(0, 16);
}
