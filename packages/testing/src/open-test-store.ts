import { openTestPglite } from "./open-test-pglite.ts";
import { openTestPostgres } from "./open-test-postgres.ts";
import { openTestSqlite } from "./open-test-sqlite.ts";
import type { OpenTestStore, TestStore } from "./test-store.ts";

export type TestStoreKind = "sqlite" | "pglite" | "postgres";

const kinds: Record<TestStoreKind, OpenTestStore> = { sqlite: openTestSqlite, pglite: openTestPglite, postgres: openTestPostgres };

/** A fresh, migrated, empty store: in milliseconds for SQLite, tens of them for the others after their first. */
export function openTestStore(kind: TestStoreKind = "sqlite", options: Parameters<OpenTestStore>[0] = {}): Promise<TestStore> {
  return kinds[kind](options);
}
