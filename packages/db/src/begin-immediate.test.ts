import { setTimeout } from "node:timers/promises";
import Database from "better-sqlite3";
import { afterEach, expect, test, vi } from "vitest";
import { beginImmediate } from "./begin-immediate.ts";
import { scratchFile } from "../test/scratch-file.ts";

function twoConnections() {
  const file = scratchFile();
  const [mine, other] = [new Database(file, { timeout: 0 }), new Database(file, { timeout: 0 })];
  mine.pragma("journal_mode = wal");
  return { mine, other };
}

afterEach(() => vi.restoreAllMocks());

test("begins at once when nobody writes", async () => {
  const { mine } = twoConnections();
  await beginImmediate(mine)();
  expect(mine.inTransaction).toBe(true);
});

test("waits for another connection's write while this process goes on", async () => {
  const { mine, other } = twoConnections();
  other.exec("begin immediate");
  const begun = beginImmediate(mine)();
  await setTimeout(1);
  expect(mine.inTransaction).toBe(false);
  other.exec("commit");
  await begun;
  expect(mine.inTransaction).toBe(true);
});

test("gives up after five seconds and says who is to blame", async () => {
  const { mine, other } = twoConnections();
  other.exec("begin immediate");
  let clock = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (clock += 3_000));
  await expect(beginImmediate(mine)()).rejects.toMatchObject({ code: "busy", message: expect.stringContaining(mine.name) });
});

test("another error is not waited out", async () => {
  const { mine } = twoConnections();
  const begin = beginImmediate(mine);
  await begin();
  await expect(begin()).rejects.toThrow("cannot start a transaction within a transaction");
});
