import { LEASE } from "@landfall/core/kernel/lease";
import { setRetention } from "@landfall/core/operations/retention/retention-rule";
import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { handTimers } from "../../../test/hand-timers.ts";
import { createRetentionJob } from "./retention-job.ts";

let bench: TestApp;

beforeEach(async () => {
  bench = await createTestApp();
  await bench.given.organization("acme", { teams: ["crew"], projects: { web: "crew" } });
  await bench.given.user("ann@acme.test", { organization: "acme", role: "owner" });
  await setRetention(await callers(bench.app, bench.given).person("ann@acme.test"), { organization: "acme", project: "web", keepDays: 5 });
});

afterEach(() => bench.close());

function watched() {
  const lines: unknown[] = [];
  const write = (fields: object, text: string) => void lines.push([fields, text]);
  return { lines, logger: { info: write, error: write } };
}

const NOTHING = { project: "web", bundles: 0, releases: 0, files: 0, bytes: 0 };

test("catches up with the last night when it starts, and works at the hour of every one that comes", async () => {
  const { lines, logger } = watched();
  const timers = handTimers();
  // 03:04 on the clock.
  const work = createRetentionJob(bench.app, { timers, hour: 3, logger });
  work.start();
  await vi.waitFor(() => expect(lines).toEqual([[NOTHING, "retention"]]));
  const untilThree = Date.parse("2026-01-03T03:00:00Z") - bench.app.now().getTime();
  bench.clock.advance(untilThree);
  timers.pass(untilThree - 1);
  expect(lines).toHaveLength(1);
  timers.pass(1);
  await vi.waitFor(() => expect(lines).toHaveLength(2));
  await work.stop();
  expect(timers.waiting()).toBe(0);
});

test("does nothing when it starts again after the hour's work was done", async () => {
  const { lines, logger } = watched();
  const timers = handTimers();
  for (const round of [1, 2]) {
    const work = createRetentionJob(bench.app, { timers, hour: 3, logger });
    work.start();
    if (round === 1) await vi.waitFor(() => expect(lines).toHaveLength(1));
    await work.stop();
  }
  expect(lines).toHaveLength(1);
});

test("tells what goes wrong, and waits for the next night", async () => {
  const { lines, logger } = watched();
  const timers = handTimers();
  const store = { ...bench.app.store, transaction: () => Promise.reject(new Error("no database")) };
  const work = createRetentionJob({ ...bench.app, store }, { timers, hour: 3, logger });
  work.start();
  await vi.waitFor(() => expect(lines).toEqual([[{ err: new Error("no database") }, "retention"]]));
  expect(timers.waiting()).toBe(1);
  await work.stop();
});

test("continues at once what a killed process of the same SQLite file began, and later what another server does", async () => {
  const { lines, logger } = watched();
  const timers = handTimers();
  const { nightlyWork } = bench.app.store.read.tables;
  const begun = { name: "retention", dateBegun: bench.app.now(), afterProjectId: 0, dateAlive: bench.app.now() };
  await bench.app.store.transaction((tx) => tx.insert(nightlyWork).values(begun));
  const work = createRetentionJob(bench.app, { timers, hour: 3, logger });
  work.start();
  await vi.waitFor(() => expect(lines).toEqual([[NOTHING, "retention"]]));
  await work.stop();

  await bench.app.store.transaction((tx) => tx.update(nightlyWork).set(begun));
  const postgres = createRetentionJob({ ...bench.app, store: { ...bench.app.store, dialect: "postgres" } }, { timers, hour: 3, logger });
  postgres.start();
  // Once it has seen that the work is done elsewhere, it looks again after the lease in place of the next night.
  await vi.waitFor(() => expect(timers.next()).toBe(LEASE));
  expect(lines).toHaveLength(1);
  bench.clock.advance(LEASE);
  timers.pass(LEASE);
  await vi.waitFor(() => expect(lines).toHaveLength(2));
  await postgres.stop();
  expect(timers.waiting()).toBe(0);
});
