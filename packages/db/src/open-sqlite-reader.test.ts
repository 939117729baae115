import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { createWith } from "../test/restore-world.ts";
import { scratchFile } from "../test/scratch-file.ts";
import { openSqliteReader } from "./open-sqlite-reader.ts";
import { openSqlite } from "./open-sqlite.ts";

test("reads what is committed, beside a server, and refuses transactions", async () => {
  const file = scratchFile();
  await createWith(file, "old");
  const server = await openSqlite({ path: file, claim: true });
  const store = await openSqliteReader({ path: file });
  const { organizations } = store.read.tables;
  await server.transaction((tx) => tx.insert(tx.tables.organizations).values({ slug: "new", name: "new", dateCreated: new Date(0) }));
  expect(await store.read.$count(organizations)).toBe(2);
  await expect(store.transaction((tx) => tx.delete(organizations))).rejects.toMatchObject({ code: "read_only" });
  expect(await store.read.$count(organizations)).toBe(2);
  await store.close();
  await server.close();
});

test("changes no schema: a database of an older version is refused with one sentence and stays as it was", async () => {
  const file = scratchFile();
  await createWith(file, "old");
  const db = new Database(file);
  db.exec("delete from __drizzle_migrations where created_at = (select max(created_at) from __drizzle_migrations)");
  const migrations = () => db.prepare("select count(*) from __drizzle_migrations").pluck().get();
  const before = migrations();
  await expect(openSqliteReader({ path: file })).rejects.toMatchObject({
    code: "older_database",
    message: expect.stringMatching(/was last used by an older version of Landfall \(1 missing migration\), .* start this version once/),
  });
  expect(migrations()).toBe(before);
  db.close();
});

test("creates no database, and no tables in an empty file", async () => {
  const file = scratchFile();
  await expect(openSqliteReader({ path: file })).rejects.toMatchObject({ code: "unwritable" });
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, "");
  await expect(openSqliteReader({ path: file })).rejects.toMatchObject({ code: "older_database" });
  expect([statSync(file).size, readFileSync(file).length]).toEqual([0, 0]);
});
