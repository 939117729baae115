import { openTestPglite } from "@landfall/testing/stores/open-test-store";
import Database from "better-sqlite3";
import { getTableColumns, getTableName, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { migrateSqlite } from "../src/sqlite/migrate.ts";
import * as postgres from "../src/tables/schema.postgres.ts";
import * as sqlite from "../src/tables/schema.sqlite.ts";

/** Table and column names as the code has them, sorted. */
const declared = Object.values(sqlite.tables)
  .flatMap((table) => Object.values(getTableColumns(table)).map((column) => `${getTableName(table)}.${column.name}`))
  .toSorted();

test.each([
  ["sqlite", sqlite],
  ["postgres", postgres],
] as const)("schema.%s.ts exports every table to drizzle-kit", (_, { tables, ...exported }) => {
  expect(Object.keys(exported).toSorted()).toEqual(Object.keys(tables).toSorted());
});

test("both dialects have the same tables and columns", () => {
  const shape = (tables: typeof sqlite.tables) =>
    Object.entries(tables).map(([key, table]) => {
      const columns = Object.entries(getTableColumns(table)).map(([field, column]) => ({
        field,
        name: column.name,
        notNull: column.notNull,
      }));
      return { key, name: getTableName(table), columns };
    });
  expect(shape(postgres.tables)).toEqual(shape(sqlite.tables));
});

test("names are snake_case in the database", () => {
  expect(declared.filter((name) => !/^[a-z]+(_[a-z]+)*\.[a-z]+\d*(_[a-z]+\d*)*$/.test(name))).toEqual([]);
});

test("SQLite's migrations create the declared columns", () => {
  const db = new Database(":memory:");
  migrateSqlite(db);
  const columns = db
    .prepare<[], string>(
      "select t.name || '.' || c.name from sqlite_master t, pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite_%' and t.name not like '\\_\\_%' escape '\\'",
    )
    .pluck()
    .all();
  expect(columns.filter((name) => declared.includes(name)).toSorted()).toEqual(declared);
});

test("PostgreSQL's migrations create the declared columns, with text in byte order", async () => {
  const { store, close } = await openTestPglite();
  const rows = await store.read
    .select({
      name: sql<string>`table_name || '.' || column_name`,
      type: sql<string>`data_type`,
      collation: sql<string | null>`collation_name`,
    })
    .from(sql`information_schema.columns`)
    .where(sql`table_schema = 'public'`);
  expect(rows.map((row) => row.name).toSorted()).toEqual(declared);
  expect(rows.filter((row) => row.type === "text" && row.collation !== "C")).toEqual([]);
  await close();
});
