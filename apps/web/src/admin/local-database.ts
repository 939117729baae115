import { existsSync } from "node:fs";
import { assertUsable } from "@landfall/db/claim-sqlite";
import { resolveDatabase } from "@landfall/db/sqlite-files";
import type { Env } from "../../env.ts";
import { OperatorError } from "../serving/operator-error.ts";

/** The path of the SQLite file, for commands about files. Throws an `OperatorError` where the data is in PostgreSQL. */
export function localDatabase({ databaseUrl, databaseFile }: Env, instead: string): string {
  if (databaseUrl === null) return databaseFile;
  throw new OperatorError(`The data is in PostgreSQL (LANDFALL_DATABASE_URL is set); ${instead}.`);
}

/**
 * As `localDatabase`, of a file that exists. Throws an `OperatorError` otherwise, and a `StoreError` where a restore was interrupted or only
 * the log of a database is left.
 */
export function existingDatabase(env: Env, instead: string): string {
  const file = localDatabase(env, instead);
  assertUsable(resolveDatabase(file));
  if (!existsSync(file)) throw new OperatorError(`There is no database at ${file}; set LANDFALL_DATA_DIR to the server's data directory.`);
  return file;
}
