import { readFile } from "node:fs/promises";
import { setImmediate, setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { runInOneTick } from "./one-tick.ts";

async function runs(work: () => Promise<unknown>): Promise<unknown> {
  await Promise.resolve();
  return await runInOneTick(work);
}

describe("allowed: what promises alone bring", () => {
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

describe("refused: what the event loop brings", () => {
  test.each<[string, () => Promise<unknown>]>([
    ["a timer", () => setTimeout(0)],
    ["an immediate", () => setImmediate()],
    ["a file", () => readFile(import.meta.filename)],
    [
      "a timer far into the work",
      async () => {
        for (let n = 0; n < 50; n++) await Promise.resolve();
        await setTimeout(1);
      },
    ],
  ])("%s", async (_, work) => {
    await expect(runs(work)).rejects.toMatchObject({ code: "slow_transaction" });
  });
});

test("the error of the work itself goes first", async () => {
  const work = async () => {
    await setImmediate();
    throw new Error("its own");
  };
  await expect(runs(work)).rejects.toThrow("its own");
});
