import { existsSync, statSync } from "node:fs";
import path from "node:path";
import type { Database } from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { scratchFile } from "../../test/scratch-file.ts";
import { StoreError } from "../store-error.ts";
import { openReader, openWriter, toStoreError, writeNoop } from "./connection.ts";

function closing(db: Database): Database {
  onTestFinished(() => void db.close());
  return db;
}

const pragma = (db: Database, name: string) => db.pragma(name, { simple: true });

test.each([
  ["full", 2],
  ["normal", 1],
] as const)("a writer with synchronous=%s", (synchronous, level) => {
  const db = closing(openWriter(scratchFile(), synchronous));
  const settings = ["journal_mode", "synchronous", "foreign_keys", "wal_autocheckpoint"].map((name) => pragma(db, name));
  expect(settings).toEqual(["wal", level, 1, 0]);
});

test("a reader sees committed data and cannot write", () => {
  const file = scratchFile();
  const writer = closing(openWriter(file, "full"));
  writer.exec("create table t (v)");
  const reader = closing(openReader(file));
  writer.exec("begin; insert into t values (1)");
  const seen = () => reader.prepare("select count(*) from t").pluck().get();
  expect(seen()).toBe(0);
  writer.exec("commit");
  expect(seen()).toBe(1);
  expect(() => reader.exec("insert into t values (2)")).toThrow("readonly");
});

test("a new folder is accessible to its owner only", () => {
  const file = scratchFile("data/landfall.db");
  closing(openWriter(file, "full"));
  expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
});

test("a write without changes starts a log, and keeps the version of the file", () => {
  const file = scratchFile();
  const db = closing(openWriter(file, "normal"));
  db.exec("create table t (v); pragma user_version = 7");
  db.pragma("wal_checkpoint(truncate)");
  expect(statSync(`${file}-wal`).size).toBe(0);
  writeNoop(db);
  expect([statSync(`${file}-wal`).size > 0, pragma(db, "user_version")]).toEqual([true, 7]);
});

test("closing the last connection leaves one file", () => {
  const file = scratchFile();
  const [writer, reader] = [openWriter(file, "full"), openReader(file)];
  writer.exec("create table t (v)");
  reader.close();
  writer.close();
  expect([existsSync(file), existsSync(`${file}-wal`), existsSync(`${file}-shm`)]).toEqual([true, false, false]);
});

const coded = (code: string, message = "because") => Object.assign(new Error(message), { code });

test.each([
  [coded("SQLITE_NOTADB"), "not_a_database", "f.db is not a SQLite database."],
  [coded("SQLITE_CORRUPT_INDEX"), "not_a_database", "f.db is damaged. Restore it from a backup."],
  [coded("SQLITE_BUSY_RECOVERY"), "busy", /^f\.db is locked by another process/],
  [coded("SQLITE_CANTOPEN"), "unwritable", "f.db cannot be opened or written: because."],
  [coded("SQLITE_READONLY_DIRECTORY"), "unwritable", /because/],
  [coded("EACCES"), "unwritable", /because/],
  [new TypeError("Cannot open database because the directory does not exist"), "unwritable", /directory does not exist/],
])("%s becomes %s", (error, code, message) => {
  expect(toStoreError("f.db", error)).toMatchObject({ code, message: expect.stringMatching(message), cause: error });
});

test.each([
  coded("SQLITE_CONSTRAINT_UNIQUE"),
  new TypeError("x is not a function"),
  coded("ERR_INVALID_ARG"),
  "text",
  new StoreError("closed", "x"),
])("%s has another cause and stays unchanged", (error) => {
  expect(toStoreError("f.db", error)).toBe(error);
});
