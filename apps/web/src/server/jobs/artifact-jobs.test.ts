import { DAY, HOUR } from "@landfall/domain/durations";
import { bindBlobStore } from "@landfall/core/operations/storage/sweep";
import { countQuarantine } from "@landfall/core/records/artifacts/quarantine";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { manualTimers } from "../../../test/manual-timers.ts";
import { createArtifactJobs } from "./artifact-jobs.ts";

let bench: TestApp;
beforeEach(async () => void (bench = await createTestApp()));
afterEach(() => bench.close());

async function* bytes() {
  yield new Uint8Array(3);
}

/** Stores an old blob that no row references. */
async function leaveStray(): Promise<void> {
  await (await bench.app.blobs.stage(bytes())).keep();
  bench.clock.set(new Date(Date.now() + 2 * DAY).toISOString());
}

/** Returns the number of blobs that are not in quarantine. */
const unquarantined = async () =>
  (await Array.fromAsync(bench.app.blobs.list())).length - (await countQuarantine(bench.app.store.read)).count;

const log: unknown[] = [];

const logger = {
  info: (fields: object, text: string) => void log.push([text, fields]),
  warn: (fields: object, text: string) => void log.push([text, fields]),
};

test("sweeps at the start and every hour until it is stopped, and logs the results", async () => {
  const timers = manualTimers();
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

test("logs why a sweep is refused", async () => {
  const timers = manualTimers();
  await leaveStray();
  const work = createArtifactJobs(bench.app, { timers, logger, onError: (error) => expect.unreachable(String(error)) });
  await work.start();
  await work.stop();
  expect(log.splice(0)).toEqual([
    ["artifacts are not swept", { reason: "older_than_database", problem: expect.stringContaining("1 of 1") }],
  ]);
});

test("reports failures and continues", async () => {
  const reported: unknown[] = [];
  const list = () => {
    throw new Error("no such bucket");
  };
  const blobs = { ...bench.app.blobs, list };
  const timers = manualTimers();
  const work = createArtifactJobs(
    { ...bench.app, blobs },
    { timers, logger, onError: (error, during) => reported.push([String(error), during]) },
  );
  await work.start();
  await vi.waitFor(() => expect(reported).toHaveLength(2));
  timers.pass(HOUR);
  await vi.waitFor(() => expect(reported).toHaveLength(3));
  await work.stop();
  expect(reported).toEqual([
    ["Error: no such bucket", "labeling the artifact store"],
    ["Error: no such bucket", "sweeping artifacts"],
    ["Error: no such bucket", "sweeping artifacts"],
  ]);
});
