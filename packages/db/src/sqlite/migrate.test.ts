import Database from "better-sqlite3";
import { afterEach, expect, test, vi } from "vitest";
import { scratchFile } from "../../test/scratch-file.ts";
import * as migrations from "../migrations.ts";
import { migrateSqlite } from "./migrate.ts";

vi.mock("../migrations.ts", { spy: true });
afterEach(() => vi.restoreAllMocks());

const migration = (folderMillis: number, ...sql: string[]) => ({ sql, folderMillis, hash: `hash ${folderMillis}`, bps: true });
const parents = migration(1, "create table parents (id integer primary key, name text)");

const children = migration(
  2,
  "create table children (id integer primary key, parent_id integer not null references parents (id) on delete cascade)",
);

function setMigrations(...known: ReturnType<typeof migration>[]) {
  vi.mocked(migrations.knownMigrations).mockReturnValue(known);
}

const applied = (db: Database.Database) => db.prepare("select hash, created_at from __drizzle_migrations order by created_at").raw().all();
const tablesOf = (db: Database.Database) => db.prepare("select name from sqlite_master where type = 'table' order by name").pluck().all();

test("applies missing migrations once, and records them", () => {
  const db = new Database(":memory:");
  setMigrations(parents);
  migrateSqlite(db);
  migrateSqlite(db);
  setMigrations(parents, children);
  migrateSqlite(db);
  expect(applied(db)).toEqual([
    ["hash 1", 1],
    ["hash 2", 2],
  ]);
  expect(tablesOf(db)).toEqual(["__drizzle_migrations", "children", "parents"]);
});

test("a failing migration rolls back the others", () => {
  const db = new Database(":memory:");
  setMigrations(parents, migration(2, "create table more (id)", "create table broken ("));
  expect(() => migrateSqlite(db)).toThrow("incomplete input");
  expect(tablesOf(db)).toEqual([]);
  expect(db.pragma("foreign_keys", { simple: true })).toBe(1);
});

test("rebuilding a table keeps the rows that refer to it", () => {
  const db = new Database(":memory:");
  setMigrations(parents, children);
  migrateSqlite(db);
  db.exec("insert into parents values (1, 'one'); insert into children values (1, 1)");
  const rebuild = migration(
    3,
    "pragma foreign_keys = off",
    "create table rebuilt (id integer primary key, name text not null)",
    "insert into rebuilt select * from parents",
    "drop table parents",
    "alter table rebuilt rename to parents",
  );
  setMigrations(parents, children, rebuild);
  migrateSqlite(db);
  expect(db.prepare("select count(*) from children").pluck().get()).toBe(1);
  expect(db.pragma("foreign_keys", { simple: true })).toBe(1);
});

test("a migration that leaves dangling references is rolled back", () => {
  const db = new Database(":memory:");
  setMigrations(parents, children);
  migrateSqlite(db);
  db.exec("insert into parents values (1, 'one'); insert into children values (1, 1)");
  setMigrations(parents, children, migration(3, "delete from parents"));
  expect(() => migrateSqlite(db)).toThrow("1 dangling references");
  expect(db.prepare("select name from parents").pluck().all()).toEqual(["one"]);
});

test("a database of another program is not changed", () => {
  const db = new Database(":memory:");
  db.exec("create table bookmarks (url)");
  setMigrations(parents);
  expect(() => migrateSqlite(db)).toThrow(expect.objectContaining({ code: "not_a_database" }));
  expect(tablesOf(db)).toEqual(["bookmarks"]);
});

test("a newer database is not changed", () => {
  const db = new Database(":memory:");
  setMigrations(parents, children);
  migrateSqlite(db);
  setMigrations(parents);
  expect(() => migrateSqlite(db)).toThrow(expect.objectContaining({ code: "newer_database" }));
});

test("two processes that start together migrate once", () => {
  const file = scratchFile();
  const [one, other] = [new Database(file), new Database(file)];
  vi.mocked(migrations.knownMigrations).mockImplementationOnce(() => [parents]);
  vi.mocked(migrations.knownMigrations).mockReturnValue([parents]);
  const immediate = one.transaction.bind(one);
  vi.spyOn(one, "transaction").mockImplementation((work) => {
    migrateSqlite(other);
    return immediate(work);
  });
  migrateSqlite(one);
  expect(applied(one)).toEqual([["hash 1", 1]]);
});
