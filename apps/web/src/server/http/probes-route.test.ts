import { expect, test } from "vitest";
import { manualTimers } from "../../../test/manual-timers.ts";
import { createReadiness } from "./probes-route.ts";

test("shares one write among probes within a second", async () => {
  const timers = manualTimers();
  let writes = 0;
  const isReady = createReadiness({ checkWritable: async () => void (writes += 1) }, timers);
  await Promise.all([isReady(), isReady(), isReady()]);
  await isReady();
  expect(writes).toBe(1);
  timers.pass(1000);
  await isReady();
  expect(writes).toBe(2);
});

test("repeats a probe that failed", async () => {
  const timers = manualTimers();
  const outcomes = [() => Promise.reject(new Error("full")), () => Promise.resolve()];
  const isReady = createReadiness({ checkWritable: () => outcomes.shift()?.() ?? Promise.resolve() }, timers);
  await expect(isReady()).rejects.toThrow("full");
  timers.pass(1000);
  await expect(isReady()).resolves.toBeUndefined();
});
