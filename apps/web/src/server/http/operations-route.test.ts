import { expect, test } from "vitest";
import { handTimers } from "../../../test/hand-timers.ts";
import { createReadiness } from "./operations-route.ts";

test("probes that are asked for within a second are one write; the next one is another", async () => {
  const timers = handTimers();
  let writes = 0;
  const isReady = createReadiness({ checkWritable: async () => void (writes += 1) }, timers);
  await Promise.all([isReady(), isReady(), isReady()]);
  await isReady();
  expect(writes).toBe(1);
  timers.pass(1000);
  await isReady();
  expect(writes).toBe(2);
});

test("a probe that failed is made again", async () => {
  const timers = handTimers();
  const outcomes = [() => Promise.reject(new Error("full")), () => Promise.resolve()];
  const isReady = createReadiness({ checkWritable: () => outcomes.shift()?.() ?? Promise.resolve() }, timers);
  await expect(isReady()).rejects.toThrow("full");
  timers.pass(1000);
  await expect(isReady()).resolves.toBeUndefined();
});
