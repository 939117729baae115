import { DAY, HOUR } from "@landfall/domain/durations";
import { bindBlobStore } from "@landfall/core/operations/storage/sweep";
import { countQuarantine } from "@landfall/core/records/artifacts/quarantine";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { handTimers } from "../../../test/hand-timers.ts";
import { createArtifactJobs } from "./artifact-jobs.ts";

let bench: TestApp;
beforeEach(async () => void (bench = await createTestApp()));
afterEach(() => bench.close());

async function* bytes() {
  yield new Uint8Array(3);
}

/** Bytes no row knows, from long ago by the clock. */
async function leaveStray(): Promise<void> {
  await (await bench.app.blobs.stage(bytes())).keep();
  bench.clock.set(new Date(Date.now() + 2 * DAY).toISOString());
}

/** How many blobs are not in quarantine. */
const unquarantined = async () =>
  (await Array.fromAsync(bench.app.blobs.list())).length - (await countQuarantine(bench.app.store.read)).count;

const log: unknown[] = [];

const logger = {
  info: (fields: object, text: string) => void log.push([text, fields]),
  warn: (fields: object, text: string) => void log.push([text, fields]),
};

test("sweeps when it starts and every hour, until it stops, and logs what it did", async () => {
  const timers = handTimers();
  bench.clock.set(new Date(Date.now() - 2 * DAY).toISOString());
  await bindBlobStore(bench.app);
  const work = createArtifactJobs(bench.app, { timers, logger, onError: (error) => expect.unreachable(String(error)) });
  await leaveStray();
  await work.start();
  await vi.waitFor(async () => expect(await unquarantined()).toBe(0));
  await (await bench.app.blobs.stage(bytes())).keep();
  timers.pass(3_599_999);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await unquarantined()).toBe(1);
  timers.pass(1);
  await vi.waitFor(async () => expect(await unquarantined()).toBe(0));
  await work.stop();
  expect(timers.waiting()).toBe(0);
  const swept = { chunks: 0, quarantined: { count: 1, bytes: 3 }, deleted: { count: 0, bytes: 0 }, staged: 0 };
  expect(log.splice(0)).toEqual([
    ["artifacts swept", swept],
    ["artifacts swept", swept],
  ]);
});

test("logs why it does not sweep", async () => {
  const timers = handTimers();
  await leaveStray();
  const work = createArtifactJobs(bench.app, { timers, logger, onError: (error) => expect.unreachable(String(error)) });
  await work.start();
  await work.stop();
  expect(log.splice(0)).toEqual([
    ["artifacts are not swept", { reason: "older_than_database", problem: expect.stringContaining("1 of 1") }],
  ]);
});

test("tells what goes wrong, and goes on", async () => {
  const told: unknown[] = [];
  const list = () => {
    throw new Error("no such bucket");
  };
  const blobs = { ...bench.app.blobs, list };
  const timers = handTimers();
  const work = createArtifactJobs(
    { ...bench.app, blobs },
    { timers, logger, onError: (error, during) => told.push([String(error), during]) },
  );
  await work.start();
  await vi.waitFor(() => expect(told).toHaveLength(2));
  timers.pass(HOUR);
  await vi.waitFor(() => expect(told).toHaveLength(3));
  await work.stop();
  expect(told).toEqual([
    ["Error: no such bucket", "labeling the artifact store"],
    ["Error: no such bucket", "sweeping artifacts"],
    ["Error: no such bucket", "sweeping artifacts"],
  ]);
});
