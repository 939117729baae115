import { sql } from "drizzle-orm";
import { bigint, pgSchema } from "drizzle-orm/pg-core";
import { assertNotNewer, assertNotOlder, knownMigrations } from "../migrations.ts";
import type { PostgresDatabase } from "./store.ts";

/** Drizzle's table of applied migrations. */
const applied = pgSchema("drizzle").table("__drizzle_migrations", { createdAt: bigint("created_at", { mode: "number" }) });

const lock = sql.raw(`hashtextextended('landfall.migrations', 0)`);

/**
 * Brings the database up to this build's schema with `migrate`, Drizzle's runner for the same `connection`. Processes that start
 * together run one after the other; without pending migrations no rights to change tables are needed. Throws `newer_database`.
 */
export async function migratePostgres(connection: PostgresDatabase, migrate: () => Promise<unknown>): Promise<void> {
  if ((await countMissing(connection)) === 0) return;
  await connection.execute(sql`select pg_advisory_lock(${lock})`);
  try {
    if ((await countMissing(connection)) > 0) await migrate();
  } finally {
    await connection.execute(sql`select pg_advisory_unlock(${lock})`);
  }
}

/** Throws `older_database` or `newer_database` unless the database has exactly this build's schema. Changes nothing. */
export async function assertCurrentPostgres(connection: PostgresDatabase): Promise<void> {
  assertNotOlder(await countMissing(connection), "The database");
}

async function countMissing(connection: PostgresDatabase): Promise<number> {
  const known = knownMigrations("postgres");
  const [record] = await connection
    .select({ exists: sql<boolean>`to_regclass('drizzle.__drizzle_migrations') is not null` })
    .from(sql`(select 1) as one`);
  if (!record?.exists) return known.length;
  const times = (await connection.select().from(applied)).map((row) => row.createdAt ?? 0);
  assertNotNewer(times, known);
  return known.filter((migration) => !times.includes(migration.folderMillis)).length;
}
