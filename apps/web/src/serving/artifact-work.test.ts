import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { handTimers } from "../../test/hand-timers.ts";
import { createArtifactWork } from "./artifact-work.ts";

let bench: TestApp;
beforeEach(async () => void (bench = await createTestApp()));
afterEach(() => bench.close());

const DAYS = 24 * 3_600_000;

async function* bytes() {
  yield new Uint8Array(3);
}

/** Bytes no row knows, from long ago by the clock. */
async function leaveStray(): Promise<void> {
  await (await bench.app.blobs.stage(bytes())).keep();
  bench.clock.set(new Date(Date.now() + 2 * DAYS).toISOString());
}

const strays = async () => (await Array.fromAsync(bench.app.blobs.list())).length;

test("sweeps when it starts and every hour, until it stops", async () => {
  const timers = handTimers();
  const work = createArtifactWork(bench.app, { timers, onError: (error) => expect.unreachable(String(error)) });
  await leaveStray();
  await work.start();
  await vi.waitFor(async () => expect(await strays()).toBe(0));
  await (await bench.app.blobs.stage(bytes())).keep();
  timers.pass(3_599_999);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await strays()).toBe(1);
  timers.pass(1);
  await vi.waitFor(async () => expect(await strays()).toBe(0));
  await work.stop();
  expect(timers.waiting()).toBe(0);
});

test("tells what goes wrong, and goes on", async () => {
  const told: unknown[] = [];
  const list = () => {
    throw new Error("no such bucket");
  };
  const blobs = { ...bench.app.blobs, list };
  const timers = handTimers();
  const work = createArtifactWork({ ...bench.app, blobs }, { timers, onError: (error, during) => told.push([String(error), during]) });
  await work.start();
  await vi.waitFor(() => expect(told).toHaveLength(1));
  timers.pass(3_600_000);
  await vi.waitFor(() => expect(told).toHaveLength(2));
  await work.stop();
  expect(told[1]).toEqual(["Error: no such bucket", "sweeping artifacts"]);
});
