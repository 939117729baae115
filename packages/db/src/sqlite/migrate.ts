import type { Database } from "better-sqlite3";
import { assertNotNewer, assertNotOlder, knownMigrations } from "../migrations.ts";
import { StoreError } from "../store-error.ts";

/**
 * Migrates the file to this build's schema in one transaction. Uses Drizzle's files and table, but not its runner, which reads the
 * applied migrations before it locks, so two processes that start together would both migrate; and with foreign keys on, rebuilding a
 * table would empty the tables that refer to it.
 */
export function migrateSqlite(db: Database): void {
  const known = knownMigrations("sqlite");
  if (missingMigrations(db, known).length === 0) return;
  db.pragma("foreign_keys = off");
  try {
    db.transaction(() => {
      for (const migration of missingMigrations(db, known)) {
        for (const statement of migration.sql) db.exec(statement);
        db.prepare("insert into __drizzle_migrations (hash, created_at) values (?, ?)").run(migration.hash, migration.folderMillis);
      }
      const broken = db.pragma("foreign_key_check");
      if (Array.isArray(broken) && broken.length > 0)
        throw new Error(`A migration left ${broken.length} dangling references; nothing was changed.`);
    }).immediate();
  } finally {
    db.pragma("foreign_keys = on");
  }
}

/** Throws unless the file has exactly this build's schema. Changes nothing. */
export function assertCurrentSqlite(db: Database): void {
  assertNotOlder(missingMigrations(db, knownMigrations("sqlite")).length, db.name);
}

function missingMigrations(db: Database, known: ReturnType<typeof knownMigrations>): ReturnType<typeof knownMigrations> {
  const tables = db.prepare<[], string>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'").pluck().all();
  if (!tables.includes("__drizzle_migrations")) {
    if (tables.length > 0) throw new StoreError("not_a_database", `${db.name} is a SQLite database, but not one of Landfall.`);
    if (db.inTransaction) db.exec("create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)");
    return known;
  }
  const applied = db.prepare<[], number>("select created_at from __drizzle_migrations").pluck().all();
  assertNotNewer(applied, known);
  return known.filter((migration) => !applied.includes(migration.folderMillis));
}
