import { readdirSync, readlinkSync, statSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import Database from "better-sqlite3";
import { expect, onTestFinished, test, vi } from "vitest";
import { scratchFile } from "../../test/scratch-file.ts";
import { type CheckpointLimits, createCheckpoints } from "./checkpoints.ts";
import { openWriter } from "./connection.ts";
import { createWriteQueue } from "./group-commit.ts";

const LIMITS: CheckpointLimits = { pages: 50, commits: 1, keptBytes: 1_000_000, retryAfter: 3_600_000, idle: 60_000 };

/** A queue over a table of blobs, whose log is checkpointed according to `limits`. */
function setUp(limits: Partial<CheckpointLimits> = {}) {
  const file = scratchFile();
  const writer = openWriter(file, "normal");
  writer.exec("create table blobs (bytes)");
  writer.pragma("busy_timeout = 0");
  const onError = vi.fn<(error: unknown, during: string) => void>();
  const queue = createWriteQueue(writer, { grouped: true, onCommit: () => checkpoints.consider() });
  const checkpoints = createCheckpoints({ writer, queue, onError, limits: { ...LIMITS, ...limits } });
  onTestFinished(async () => {
    await checkpoints.stop();
    writer.close();
  });
  const insert = writer.prepare("insert into blobs values (zeroblob(?))");
  const add = (bytes: number) => queue.add(async () => ({ value: insert.run(bytes), afterCommit: () => {} }));
  const state = () => writer.prepare<[], { log: number; checkpointed: number }>("pragma wal_checkpoint(noop)").get();
  const expectStartedOver = () => vi.waitFor(() => expect(state()).toMatchObject({ log: 1, checkpointed: 0 }), { timeout: 30_000 });
  return { file, writer, queue, add, state, expectStartedOver, checkpoints, onError, logBytes: () => statSync(`${file}-wal`).size };
}

test("a long log is copied into the database and started over, its file kept", async () => {
  const { add, expectStartedOver, logBytes, file, onError } = setUp();
  await add(400_000);
  await expectStartedOver();
  expect(logBytes()).toBeGreaterThan(400_000);
  expect(statSync(file).size).toBeGreaterThan(400_000);
  await add(400_000);
  await expectStartedOver();
  expect(onError.mock.calls).toEqual([]);
});

test("a short log is not copied", async () => {
  const { add, state, checkpoints } = setUp();
  await add(10);
  await checkpoints.stop();
  expect(state()?.checkpointed).toBe(0);
});

test("the first commit detects the log of an earlier process", async () => {
  const { writer, add, expectStartedOver } = setUp({ commits: 1_000 });
  writer.exec("insert into blobs values (zeroblob(400000))");
  await add(10);
  await expectStartedOver();
});

test("a log that grew because of a reader is truncated after the reader ends, and reported once", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { file, add, onError, logBytes } = setUp();
  const reader = new Database(file, { readonly: true });
  onTestFinished(() => void reader.close());
  reader.exec("begin; select count(*) from blobs");
  reader.prepare("select count(*) from blobs").get();
  // Until the second checkpoint was blocked by the reader.
  while (onError.mock.calls.length === 0 || logBytes() < 2_000_000) {
    await add(100_000);
    await setImmediate();
  }
  expect(onError.mock.calls).toMatchObject([
    [{ message: expect.stringMatching(/-wal is \d+ MiB long\. A long read/) }, expect.any(String)],
  ]);
  reader.exec("commit");
  while (logBytes() > 100_000) {
    vi.advanceTimersByTime(LIMITS.retryAfter);
    await setImmediate();
  }
  expect(onError.mock.calls).toHaveLength(1);
});

test("a failed checkpoint is reported, and the next one succeeds", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { add, queue, onError, state } = setUp();
  const exclusively = vi.spyOn(queue, "exclusively").mockRejectedValueOnce(new Error("the thread ended"));
  await add(400_000);
  while (onError.mock.calls.length === 0) await setImmediate();
  expect(onError.mock.calls).toMatchObject([[{ message: "the thread ended" }, "moving the write-ahead log into the database"]]);
  while (state()?.log !== 1) {
    vi.advanceTimersByTime(LIMITS.retryAfter);
    await setImmediate();
  }
  expect(exclusively).toHaveBeenCalledTimes(2);
});

test.skipIf(process.platform !== "linux")("the thread ends after an idle time, and starts again when it is needed", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { add, state, file } = setUp();
  // Each connection opens the log separately.
  const descriptors = () => readdirSync("/proc/self/fd").filter((name) => targetOf(name) === `${file}-wal`).length;
  const alone = descriptors();
  for (let round = 0; round < 2; round += 1) {
    await add(400_000);
    while (state()?.log !== 1) await setImmediate();
    expect(descriptors()).toBeGreaterThan(alone);
    while (descriptors() > alone) {
      await setImmediate();
      vi.advanceTimersByTime(LIMITS.idle);
    }
  }
  expect(descriptors()).toBe(alone);
});

/** The target of an entry of /proc/self/fd. */
function targetOf(name: string): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${name}`);
  } catch {
    // Closed since it was listed.
    return null;
  }
}
