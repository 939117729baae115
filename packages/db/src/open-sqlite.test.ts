import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import Database from "better-sqlite3";
import { asc, like } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { runScript } from "../test/run-script.ts";
import { scratchFile } from "../test/scratch-file.ts";
import { openSqlite, type SqliteOptions } from "./open-sqlite.ts";
import type { Store, Tx } from "./store.ts";

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

test("makes the folder and the file, and finds its rows again", async () => {
  const file = scratchFile("not/there/yet.db");
  const first = await open({ path: file });
  await first.transaction((tx) => insert(tx, "kept"));
  await first.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
  expect(await slugs(await open({ path: file }))).toEqual(["kept"]);
});

describe("refuses with a reason", () => {
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
      "a file that is something else",
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

  test("a database a newer version has used, which it leaves as it is", async () => {
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

  test("work after it was closed, twice if need be", async () => {
    const store = await open({ path: scratchFile() });
    const accepted = store.transaction((tx) => insert(tx, "accepted"));
    await Promise.all([store.close(), store.close()]);
    await accepted;
    await expect(store.transaction((tx) => insert(tx, "late"))).rejects.toMatchObject({ code: "closed" });
    await expect(store.ping()).rejects.toThrow("not open");
  });
});

describe("guards", () => {
  test("on: a transaction that waits for something else is undone, and the next one runs", async () => {
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

  test("off: it is waited for, and nesting is still refused rather than waited for", async () => {
    const store = await open({ path: scratchFile() });
    await store.transaction(async (tx) => {
      await setTimeout(1);
      await insert(tx, "slow");
      await expect(store.transaction((inner) => insert(inner, "inner"))).rejects.toMatchObject({ code: "nested_transaction" });
    });
    expect(await slugs(store)).toEqual(["slow"]);
  });
});

describe("beside another process", () => {
  test("a write waits for the other's, while this process goes on", async () => {
    const file = scratchFile();
    const store = await open({ path: file });
    const other = runScript("hold-write-lock.ts", file);
    await other.said("locked");
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

  test("what was acknowledged before a kill -9 is there, whole, and nothing is half there", async () => {
    const file = scratchFile();
    const other = runScript("write-until-killed.ts", file);
    await other.said("acknowledged-20");
    await other.kill();
    const store = await open({ path: file });
    const { users } = store.read.tables;
    const kept = await slugs(store);
    expect(kept).toEqual(expect.arrayContaining([...other.lines]));
    const secondHalves = await store.read.select({ slug: users.username }).from(users).orderBy(asc(users.id));
    expect(secondHalves.map((row) => row.slug)).toEqual(kept);
  });
});
