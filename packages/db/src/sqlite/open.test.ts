import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import Database from "better-sqlite3";
import { asc, like } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { createWith } from "../../test/restore-world.ts";
import { runScript } from "../../test/run-script.ts";
import { scratchFile } from "../../test/scratch-file.ts";
import type { Store, Tx } from "../store.ts";
import { openSqlite, openSqliteReader, runInOneTick, type SqliteOptions } from "./open.ts";

async function open(options: Partial<SqliteOptions> & { path: string }): Promise<Store> {
  const store = await openSqlite(options);
  onTestFinished(() => store.close());
  return store;
}

const insert = (tx: Tx, slug: string) => tx.insert(tx.tables.organizations).values({ slug, name: slug, dateCreated: new Date(0) });

const slugs = async (store: Store) => {
  const { organizations } = store.read.tables;
  return (await store.read.select({ slug: organizations.slug }).from(organizations).orderBy(asc(organizations.id))).map((row) => row.slug);
};

test("creates the folder and the file, and reads its rows after reopening", async () => {
  const file = scratchFile("not/there/yet.db");
  const first = await open({ path: file });
  await first.transaction((tx) => insert(tx, "kept"));
  await first.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
  expect(await slugs(await open({ path: file }))).toEqual(["kept"]);
});

describe("is rejected with a reason:", () => {
  const written = (name: string, content: string) => {
    const file = scratchFile(name);
    writeFileSync(file, content);
    return file;
  };
  const database = (statements: string) => {
    const file = scratchFile("other.db");
    new Database(file).exec(statements).close();
    return file;
  };

  test.each<[string, () => string, string, RegExp]>([
    [
      "a file of another type",
      () => written("notes.txt", "not a database ".repeat(100)),
      "not_a_database",
      /notes\.txt is not a SQLite database/,
    ],
    [
      "a database of another program",
      () => database("create table bookmarks (url)"),
      "not_a_database",
      /other\.db is a SQLite database, but not one of Landfall/,
    ],
    ["a path below a file", () => path.join(written("file", ""), "landfall.db"), "unwritable", /landfall\.db cannot be opened or written/],
    [
      "a folder",
      () => (mkdirSync(scratchFile("dir")), scratchFile("dir").replace(/dir$/, "")),
      "unwritable",
      /cannot be opened or written/,
    ],
  ])("%s", async (_, file, code, message) => {
    await expect(openSqlite({ path: file() })).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test("a database of a newer version, without changing it", async () => {
    const file = scratchFile();
    await (await openSqlite({ path: file })).close();
    new Database(file).exec("insert into __drizzle_migrations (hash, created_at) values ('from the future', 9999999999999)").close();
    await expect(openSqlite({ path: file })).rejects.toMatchObject({ code: "newer_database" });
  });

  test("a second server on the same file, until the first has closed", async () => {
    const file = scratchFile();
    const first = await open({ path: file, claim: true });
    await expect(openSqlite({ path: file, claim: true })).rejects.toMatchObject({ code: "in_use" });
    await open({ path: file });
    await first.close();
    await open({ path: file, claim: true });
  });

  test("work after closing, which may happen twice", async () => {
    const store = await open({ path: scratchFile() });
    const accepted = store.transaction((tx) => insert(tx, "accepted"));
    await Promise.all([store.close(), store.close()]);
    await accepted;
    await expect(store.transaction((tx) => insert(tx, "late"))).rejects.toMatchObject({ code: "closed" });
    await expect(store.ping()).rejects.toThrow("not open");
  });
});

describe("guards", () => {
  test("on: a transaction that awaits something else is rolled back, and the next one runs", async () => {
    const store = await open({ path: scratchFile(), guards: true });
    const slow = store.transaction(async (tx) => {
      await insert(tx, "slow");
      await setTimeout(1);
    });
    await expect(slow).rejects.toMatchObject({ code: "slow_transaction" });
    await store.transaction(async (tx) => {
      for (let n = 0; n < 200; n++) await insert(tx, `quick-${n}`);
    });
    expect(await store.read.$count(store.read.tables.organizations, like(store.read.tables.organizations.slug, "quick-%"))).toBe(200);
    expect(await store.read.$count(store.read.tables.organizations)).toBe(200);
  });

  test("off: it completes, but nesting still fails", async () => {
    const store = await open({ path: scratchFile() });
    await store.transaction(async (tx) => {
      await setTimeout(1);
      await insert(tx, "slow");
      await expect(store.transaction((inner) => insert(inner, "inner"))).rejects.toMatchObject({ code: "nested_transaction" });
    });
    expect(await slugs(store)).toEqual(["slow"]);
  });
});

describe("with another process", () => {
  test("a write waits for the other process without blocking this one", async () => {
    const file = scratchFile();
    const store = await open({ path: file });
    const other = runScript("hold-write-lock.ts", file);
    await other.waitFor("locked");
    let turns = 0;
    const written = store.transaction((tx) => insert(tx, "patient"));
    while (!other.lines.includes("released")) {
      await setTimeout(5);
      turns++;
    }
    await written;
    expect(turns).toBeGreaterThan(3);
    expect(await slugs(store)).toEqual(["patient"]);
  });

  test("acknowledged transactions survive a kill -9, and none is partial", async () => {
    const file = scratchFile();
    const other = runScript("write-until-killed.ts", file);
    await other.waitFor("acknowledged-20");
    await other.kill();
    const store = await open({ path: file });
    const { users } = store.read.tables;
    const kept = await slugs(store);
    expect(kept).toEqual(expect.arrayContaining([...other.lines]));
    const secondHalves = await store.read.select({ slug: users.username }).from(users).orderBy(asc(users.id));
    expect(secondHalves.map((row) => row.slug)).toEqual(kept);
  });
});

async function runs(work: () => Promise<unknown>): Promise<unknown> {
  await Promise.resolve();
  return await runInOneTick(work);
}

describe("allowed: awaiting promises only", () => {
  test.each<[string, () => Promise<unknown>]>([
    ["nothing", async () => 7],
    [
      "two thousand awaits",
      async () => {
        for (let n = 0; n < 2_000; n++) await Promise.resolve();
        return 7;
      },
    ],
    ["promises side by side", async () => (await Promise.all([Promise.resolve(3), Promise.resolve(4)])).reduce((a, b) => a + b)],
    ["a microtask", () => new Promise((resolve) => queueMicrotask(() => resolve(7)))],
  ])("%s", async (_, work) => {
    expect(await runs(work)).toBe(7);
  });
});

describe("rejected: awaiting the event loop", () => {
  test.each<[string, () => Promise<unknown>]>([
    ["a timer", () => setTimeout(0)],
    ["an immediate", () => setImmediate()],
    ["a file", () => readFile(import.meta.filename)],
    [
      "a timer after many awaits",
      async () => {
        for (let n = 0; n < 50; n++) await Promise.resolve();
        await setTimeout(1);
      },
    ],
  ])("%s", async (_, work) => {
    await expect(runs(work)).rejects.toMatchObject({ code: "slow_transaction" });
  });
});

test("the error of the work takes precedence", async () => {
  const work = async () => {
    await setImmediate();
    throw new Error("its own");
  };
  await expect(runs(work)).rejects.toThrow("its own");
});

test("reads committed data while a server runs, and rejects transactions", async () => {
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

test("rejects a database of an older version without changing it", async () => {
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
