import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { createWith, folderToRestoreIn, slugsIn } from "../../test/restore-world.ts";
import { checkSqlite } from "./check.ts";
import { openSqlite } from "./open.ts";
import { restoreSqlite } from "./restore.ts";

const NOW = new Date("2026-01-02T03:04:05Z");
const KEPT = "landfall.db.before-2026-01-02T03-04-05-000Z";

const refusal = async (work: Promise<unknown>): Promise<{ readonly code: string; readonly message: string }> =>
  work.then(
    () => expect.unreachable(),
    (error) => error,
  );

test("replaces a database, and keeps the old one including its log, readable for their owner only", async () => {
  const dir = await folderToRestoreIn();
  const database = path.join(dir, "landfall.db");
  const { previous, result } = await restoreSqlite(path.join(dir, "backup.db"), database, {
    force: true,
    now: NOW,
    beside: async (copy) => {
      expect(await checkSqlite(copy)).toEqual([]);
      return 7;
    },
  });
  expect([previous, result]).toEqual([path.join(dir, KEPT), 7]);
  expect(readdirSync(dir).toSorted()).toEqual(["backup.db", "landfall.db", KEPT, "landfall.db.lock"]);
  for (const file of ["landfall.db", KEPT]) expect([file, statSync(path.join(dir, file)).mode & 0o777]).toEqual([file, 0o600]);
  expect(await slugsIn(database)).toEqual(["new"]);
  expect(await slugsIn(path.join(dir, KEPT))).toEqual(["old", "logged"]);
});

test("creates a missing folder for its owner only, and restores a backup together with its log", async () => {
  const dir = await folderToRestoreIn();
  const database = path.join(dir, "elsewhere", "landfall.db");
  await restoreSqlite(path.join(dir, "landfall.db"), database, { force: false, now: NOW });
  expect(statSync(path.dirname(database)).mode & 0o777).toBe(0o700);
  expect(await slugsIn(database)).toEqual(["old", "logged"]);
  expect(statSync(path.join(dir, "landfall.db-wal")).size).toBeGreaterThan(0);
});

test("replaces the target of a symbolic link, but rejects a broken link", async () => {
  const dir = await folderToRestoreIn();
  mkdirSync(path.join(dir, "data"));
  const link = path.join(dir, "data", "landfall.db");
  symlinkSync(path.join(dir, "landfall.db"), link);
  await restoreSqlite(path.join(dir, "backup.db"), link, { force: true, now: NOW });
  expect(await slugsIn(link)).toEqual(["new"]);
  expect(await slugsIn(path.join(dir, KEPT))).toEqual(["old", "logged"]);
  rmSync(link);
  symlinkSync("/nowhere/landfall.db", link);
  for (const work of [() => restoreSqlite(path.join(dir, "backup.db"), link, { force: true, now: NOW }), () => openSqlite({ path: link })])
    expect(await refusal(work())).toMatchObject({ code: "missing_database", message: expect.stringContaining("links to /nowhere/") });
});

describe("is rejected with one sentence, without changes to the database,", () => {
  test.each<[string, (file: string) => unknown, RegExp]>([
    ["no file", () => undefined, /^There is no file .*source\.db\.$/],
    ["an empty file", (file) => writeFileSync(file, ""), /source\.db is not a backup: it is an empty file\.$/],
    ["a folder", (file) => mkdirSync(file), /source\.db is not a backup: it is not a file\.$/],
    ["text", (file) => writeFileSync(file, "a letter ".repeat(1_000)), /source\.db is not a SQLite database\.$/],
    ["a SQLite file without tables", (file) => tablesIn(file, "create table t (v)", "drop table t"), /source\.db contains no tables\.$/],
    [
      "a SQLite file of another program",
      (file) => tablesIn(file, "create table urls (v)"),
      /source\.db is a SQLite database, but not one of Landfall\.$/,
    ],
    ["a backup of a newer version", laterBackup, /was last used by a newer version of Landfall/],
    ["a truncated backup", truncatedBackup, /source\.db is (?:not an intact backup: .*|damaged\. Restore it from a backup\.)$/],
  ])("for %s", async (_, make, sentence) => {
    const dir = await folderToRestoreIn();
    const source = path.join(dir, "source.db");
    await make(source);
    const before = contentsOf(dir);
    const { message } = await refusal(restoreSqlite(source, path.join(dir, "landfall.db"), { force: true, now: NOW }));
    expect(message).toMatch(sentence);
    expect(message).not.toMatch(/\n|restoring/);
    expect(contentsOf(dir)).toEqual(before);
  });

  test("without force, if there is a database or only its log", async () => {
    const dir = await folderToRestoreIn();
    const database = path.join(dir, "landfall.db");
    const restore = () => restoreSqlite(path.join(dir, "backup.db"), database, { force: false, now: NOW });
    expect(await refusal(restore())).toMatchObject({ message: expect.stringContaining("already contains data; add --force") });
    rmSync(database);
    expect(await refusal(restore())).toMatchObject({ message: expect.stringContaining("already contains data; add --force") });
  });

  test("for a folder at the path of the database", async () => {
    const dir = await folderToRestoreIn();
    mkdirSync(path.join(dir, "other", "landfall.db"), { recursive: true });
    const restore = restoreSqlite(path.join(dir, "backup.db"), path.join(dir, "other", "landfall.db"), { force: true, now: NOW });
    expect(await refusal(restore)).toMatchObject({ message: expect.stringMatching(/landfall\.db is not a file; move it away/) });
  });

  test("while a command uses the database, or another restore runs", async () => {
    const dir = await folderToRestoreIn();
    const database = path.join(dir, "landfall.db");
    const restore = () => restoreSqlite(path.join(dir, "backup.db"), database, { force: true, now: NOW });
    const command = await openSqlite({ path: database });
    expect(await refusal(restore())).toMatchObject({ code: "in_use", message: expect.stringContaining("is used by another process") });
    await command.close();
    const inside = restoreSqlite(path.join(dir, "backup.db"), database, {
      force: true,
      now: NOW,
      beside: async () => {
        expect(await refusal(restore())).toMatchObject({ code: "in_use" });
        expect(await refusal(openSqlite({ path: database }))).toMatchObject({ code: "in_use" });
      },
    });
    await inside;
    expect(await slugsIn(database)).toEqual(["new"]);
  });
});

test("a connection that was opened before the database was replaced cannot write to the new one", async () => {
  const dir = await folderToRestoreIn();
  const database = path.join(dir, "landfall.db");
  let early: Database.Database | undefined;
  await restoreSqlite(path.join(dir, "backup.db"), database, {
    force: true,
    now: NOW,
    beside: async () => {
      early = new Database(database, { timeout: 0 });
    },
  });
  onTestFinished(() => void early?.close());
  expect(() => early?.pragma("journal_mode = wal")).toThrow(/readonly/);
  expect(existsSync(`${database}-wal`)).toBe(false);
});

describe("a start is rejected with one sentence", () => {
  test("for a log without its database, or with an empty one; restoring fixes it and keeps the log", async () => {
    const dir = await folderToRestoreIn();
    const database = path.join(dir, "landfall.db");
    const log = readFileSync(`${database}-wal`);
    for (const lose of [() => rmSync(database), () => writeFileSync(database, "")]) {
      lose();
      for (const claim of [true, false])
        expect(await refusal(openSqlite({ path: database, claim }))).toMatchObject({
          code: "missing_database",
          message: `${database} is missing or empty, but its log ${database}-wal is not; put the database back beside it, or restore a backup with --force.`,
        });
      expect(readFileSync(`${database}-wal`)).toEqual(log);
    }
    await restoreSqlite(path.join(dir, "backup.db"), database, { force: true, now: NOW });
    expect(await slugsIn(database)).toEqual(["new"]);
    expect(readFileSync(path.join(dir, `${KEPT}-wal`))).toEqual(log);
  });
});

const contentsOf = (dir: string) =>
  readdirSync(dir)
    .filter((name) => name !== "landfall.db.lock" && statSync(path.join(dir, name)).isFile())
    .map((name) => [name, readFileSync(path.join(dir, name), "base64")]);

function tablesIn(file: string, ...statements: string[]): void {
  const db = new Database(file);
  for (const statement of statements) db.exec(statement);
  db.close();
}

async function laterBackup(file: string): Promise<void> {
  await createWith(file, "later");
  tablesIn(file, "insert into __drizzle_migrations (hash, created_at) values ('from the future', 9999999999999)");
}

async function truncatedBackup(file: string): Promise<void> {
  await createWith(file, "truncated");
  writeFileSync(file, readFileSync(file).subarray(0, 40_960));
}
