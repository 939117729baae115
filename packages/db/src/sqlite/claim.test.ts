import { existsSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runScript } from "../../test/run-script.ts";
import { scratchFile } from "../../test/scratch-file.ts";
import { claimSqlite } from "./claim.ts";
import { openSqlite } from "./open.ts";

test("a second claim fails until the first is released", () => {
  const file = scratchFile("landfall.db");
  const release = claimSqlite(file);
  expect(() => claimSqlite(file)).toThrow(expect.objectContaining({ code: "in_use", message: expect.stringContaining(file) }));
  release();
  claimSqlite(file)();
});

test("a claim excludes other processes, and ends with its process", async () => {
  const file = scratchFile("landfall.db");
  const other = runScript("claim.ts", file);
  await other.waitFor("claimed");
  expect(() => claimSqlite(file)).toThrow(expect.objectContaining({ code: "in_use" }));
  await other.kill();
  claimSqlite(file)();
});

test("an unwritable folder is reported", () => {
  expect(() => claimSqlite(`${scratchFile("missing/folder")}/landfall.db`)).toThrow(expect.objectContaining({ code: "unwritable" }));
});

test.each<[string, (lock: string, file: string) => void, string]>([
  ["other data", (lock) => writeFileSync(lock, "other data ".repeat(600)), "is not empty"],
  ["a link to another file", (lock) => symlinkSync("/nowhere/lock", lock), "is a symbolic link"],
  ["a link to the database", (lock, file) => symlinkSync(file, lock), "is a symbolic link"],
  ["a hard link to the database", (lock, file) => linkSync(file, lock), "is not empty"],
  ["a folder", (lock) => mkdirSync(lock), "is a folder"],
])("rejects a lock that is %s, and includes its path in the message", async (_, make, what) => {
  const file = scratchFile("landfall.db");
  await (await openSqlite({ path: file })).close();
  const before = readFileSync(file);
  make(`${file}.lock`, file);
  for (let round = 0; round < 2; round++)
    await expect(openSqlite({ path: file, claim: true })).rejects.toMatchObject({
      code: "unwritable",
      message: `${file}.lock ${what}, so it cannot lock out a second server; make sure that no server uses the database, remove ${file}.lock, and try again.`,
    });
  expect([readFileSync(file).equals(before), existsSync("/nowhere/lock")]).toEqual([true, false]);
});

test("two servers that use one database through different links exclude each other", async () => {
  const file = scratchFile("landfall.db");
  await (await openSqlite({ path: file })).close();
  const links = ["one", "two"].map((name) => path.join(path.dirname(file), `${name}.db`));
  for (const link of links) symlinkSync(file, link);
  const [first, second] = links.map((link) => () => claimSqlite(link));
  const release = first?.();
  expect(second).toThrow(expect.objectContaining({ code: "in_use" }));
  release?.();
  second?.()();
});
