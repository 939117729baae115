import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { afterEach, describe, expect, test } from "vitest";
import { BlobError } from "./blobs/blob-store.ts";
import { storageFailureOf } from "./storage-failure.ts";
import { StoreError } from "./store-error.ts";

const coded = (code: string, facts: object = {}) => Object.assign(new Error("x"), { code }, facts);
const sqlState = (code: string) => coded(code, { severity: "ERROR" });
const fileError = (code: string) => coded(code, { syscall: "write" });

describe("by code", () => {
  test.each([
    [coded("SQLITE_FULL"), "disk_full"],
    [coded("SQLITE_BUSY_SNAPSHOT"), "busy"],
    [coded("SQLITE_READONLY_DBMOVED"), "read_only"],
    [coded("SQLITE_IOERR_FSYNC"), "io_error"],
    [coded("SQLITE_CANTOPEN"), "io_error"],
    [coded("SQLITE_CORRUPT_INDEX"), "damaged"],
    [coded("SQLITE_NOTADB"), "damaged"],
    [sqlState("53100"), "disk_full"],
    [sqlState("53300"), "busy"],
    [sqlState("55P03"), "busy"],
    [sqlState("57014"), "busy"],
    [sqlState("40001"), "busy"],
    [sqlState("40P01"), "busy"],
    [sqlState("57P01"), "database_unreachable"],
    [sqlState("57P03"), "database_unreachable"],
    [sqlState("08006"), "database_unreachable"],
    [sqlState("25006"), "read_only"],
    [sqlState("58030"), "io_error"],
    [sqlState("XX001"), "damaged"],
    [fileError("ENOSPC"), "disk_full"],
    [fileError("EDQUOT"), "disk_full"],
    [fileError("EIO"), "io_error"],
    [fileError("EROFS"), "read_only"],
    [new StoreError("unreachable", "x"), "database_unreachable"],
    [new StoreError("outcome_unknown", "x"), "outcome_unknown"],
    [new StoreError("busy", "x"), "busy"],
    [new StoreError("failed_sync", "x"), "io_error"],
    [new StoreError("closed", "x"), "closing"],
    [new BlobError("unreachable", "x"), "artifacts_unreachable"],
    [new BlobError("full", "x"), "disk_full"],
    [new BlobError("missing", "x"), "artifact_damaged"],
    [new BlobError("damaged", "x"), "artifact_damaged"],
    [new Error("Failed query", { cause: sqlState("57P01") }), "database_unreachable"],
  ])("%s %o is %s", (error, failure) => {
    expect(storageFailureOf(error)).toBe(failure);
  });

  test.each([
    [null],
    ["SQLITE_FULL"],
    [new Error("disk full")],
    [coded("SQLITE_CONSTRAINT_UNIQUE")],
    [coded("SQLITE_ERROR")],
    [sqlState("23505")],
    [sqlState("42P01")],
    // A code of five characters that is no SQLSTATE.
    [coded("EPERM")],
    // The caller's own connection may have been reset.
    [coded("ECONNRESET", { syscall: "read" })],
    [new StoreError("nested_transaction", "x")],
    [new StoreError("slow_transaction", "x")],
  ])("%o is not a storage failure", (error) => {
    expect(storageFailureOf(error)).toBeNull();
  });
});

describe("of SQLite itself", () => {
  const folders: string[] = [];
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

  function database(): { readonly file: string; readonly db: Database.Database } {
    const folder = mkdtempSync(path.join(tmpdir(), "landfall-storage-failure-"));
    folders.push(folder);
    const file = path.join(folder, "a.db");
    const db = new Database(file);
    db.exec("create table texts (id integer primary key, text)");
    return { file, db };
  }
  const thrownBy = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return error;
    }
  };

  test("a database that cannot grow is full", () => {
    const { db } = database();
    db.pragma(`max_page_count = ${String(db.pragma("page_count", { simple: true }))}`);
    expect(storageFailureOf(thrownBy(() => db.exec("insert into texts (text) values (hex(zeroblob(100000)))")))).toBe("disk_full");
    db.close();
  });

  test("a database opened for reading is read-only", () => {
    const { file, db } = database();
    db.close();
    const reader = new Database(file, { readonly: true });
    expect(storageFailureOf(thrownBy(() => reader.exec("insert into texts (text) values ('x')")))).toBe("read_only");
    reader.close();
  });

  test("a database locked by another connection is busy", () => {
    const { file, db } = database();
    db.exec("begin immediate");
    const other = new Database(file, { timeout: 0 });
    expect(storageFailureOf(thrownBy(() => other.exec("begin immediate")))).toBe("busy");
    other.close();
    db.close();
  });

  test("a database whose pages were overwritten is damaged", () => {
    const { file, db } = database();
    db.exec("insert into texts (text) select hex(zeroblob(2000)) from (select 1 union select 2 union select 3)");
    db.close();
    const descriptor = openSync(file, "r+");
    writeSync(descriptor, Buffer.alloc(8192, 0xff), 0, 8192, 4096);
    closeSync(descriptor);
    const again = new Database(file);
    expect(storageFailureOf(thrownBy(() => again.prepare("select count(text) from texts").get()))).toBe("damaged");
    again.close();
  });
});
