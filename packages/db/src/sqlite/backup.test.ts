import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { scratchFile } from "../../test/scratch-file.ts";
import type { Store } from "../store.ts";
import { backupSqlite, sqliteBlobs } from "./backup.ts";
import { checkSqlite } from "./check.ts";
import { openSqlite } from "./open.ts";

async function filled(file: string, rows: number): Promise<Store> {
  const store = await openSqlite({ path: file, synchronous: "normal" });
  onTestFinished(() => store.close());
  for (let n = 0; n < rows; n += 500) await add(store, n, 500);
  return store;
}

const add = (store: Store, from: number, count: number) =>
  store.transaction(async (tx) => {
    const rows = Array.from({ length: count }, (_, n) => ({
      slug: `organization-${from + n}`,
      name: "x".repeat(1_000),
      dateCreated: new Date(0),
    }));
    await tx.insert(tx.tables.organizations).values(rows);
  });

test("is a snapshot, also during writes", async () => {
  const [file, copy] = [scratchFile(), scratchFile("copy.db")];
  const store = await filled(file, 10_000);
  const state = { done: false };
  const backup = backupSqlite(file, copy).finally(() => {
    state.done = true;
  });
  let later = 0;
  while (!state.done) {
    await add(store, 100_000 + later++, 1);
    await setImmediate();
  }
  await backup;
  expect(later).toBeGreaterThan(1);
  expect(await checkSqlite(copy)).toEqual([]);
  const restored = await openSqlite({ path: copy });
  expect(await restored.read.$count(restored.read.tables.organizations)).toBe(10_000);
  await restored.close();
});

test("never overwrites", async () => {
  const [file, copy] = [scratchFile(), scratchFile("copy.db")];
  await filled(file, 500);
  writeFileSync(copy, "an older backup");
  await expect(backupSqlite(file, copy)).rejects.toMatchObject({ code: "unwritable", message: expect.stringContaining("already exists") });
  expect(readFileSync(copy, "utf8")).toBe("an older backup");
});

test("rejects a destination with a leftover log", async () => {
  const [file, copy] = [scratchFile(), scratchFile("copy.db")];
  await filled(file, 500);
  for (const end of ["-wal", "-journal"]) {
    writeFileSync(copy + end, "of an older database");
    await expect(backupSqlite(file, copy)).rejects.toMatchObject({ message: expect.stringContaining(`${copy}${end} already exists`) });
    rmSync(copy + end);
  }
});

test("replaces the leftover of a killed backup", async () => {
  const [file, copy] = [scratchFile(), scratchFile("copy.db")];
  await filled(file, 500);
  for (const end of ["", "-wal", "-journal"]) writeFileSync(`${copy}.unfinished${end}`, "half of a backup");
  await backupSqlite(file, copy);
  expect([await checkSqlite(copy), readdirSync(path.dirname(copy))]).toEqual([[], ["copy.db"]]);
});

test.each([
  ["a missing source", () => scratchFile("missing.db"), () => scratchFile("copy.db"), "unwritable"],
  [
    "a source that is no database",
    () => {
      const file = scratchFile("notes.txt");
      writeFileSync(file, "not a database ".repeat(100));
      return file;
    },
    () => scratchFile("copy.db"),
    "not_a_database",
  ],
] as const)("%s is an error and leaves no files", async (_, source, destination, code) => {
  const copy = destination();
  await expect(backupSqlite(source(), copy)).rejects.toMatchObject({ code });
  expect([existsSync(copy), existsSync(`${copy}.unfinished`)]).toEqual([false, false]);
});

test("runs `beside` with the copy, which is one file, before the backup appears", async () => {
  const [file, copy] = [scratchFile(), scratchFile("copy.db")];
  await filled(file, 500);
  const result = await backupSqlite(file, copy, async (unfinished) => {
    expect([existsSync(copy), sqliteBlobs(unfinished)]).toEqual([false, []]);
    return 7;
  });
  expect([result, readdirSync(path.dirname(copy))]).toEqual([7, ["copy.db"]]);
  const later = scratchFile("later.db");
  await expect(backupSqlite(file, later, () => Promise.reject(new Error("no room")))).rejects.toThrow("no room");
  expect(readdirSync(path.dirname(later))).toEqual([]);
});

test("a destination that cannot be written is an error", async () => {
  const file = scratchFile();
  await filled(file, 500);
  await expect(backupSqlite(file, `${scratchFile("missing")}/folder/copy.db`)).rejects.toMatchObject({ code: "unwritable" });
});
