import { DAY } from "@landfall/domain/durations";
import { LEASE } from "@landfall/core/kernel/lease";
import { setRetention } from "@landfall/core/operations/retention/retention-rule";
import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { manualTimers } from "../../../test/manual-timers.ts";
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
  return { lines, reports: { logger: { info: write }, onError: (err: unknown, during: string) => write({ err }, during) } };
}

const NOTHING = { project: "web", bundles: 0, releases: 0, files: 0, bytes: 0 };

test("does the work of the last night at the start, and then runs at the configured hour of every night", async () => {
  const { lines, reports } = watched();
  const timers = manualTimers();
  // The test clock is at 03:04.
  const work = createRetentionJob(bench.app, { timers, hour: 3, ...reports });
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

test("deletes removed organizations that can no longer be restored", async () => {
  const { lines, reports } = watched();
  const timers = manualTimers();
  await bench.given.organization("sample");
  const { organizations } = bench.app.store.read.tables;
  const dateRemoved = new Date(bench.app.now().getTime() - DAY);
  await bench.app.store.transaction((tx) =>
    tx.update(organizations).set({ isSample: true, dateRemoved, slug: "sample:2" }).where(eq(organizations.slug, "sample")),
  );
  const work = createRetentionJob(bench.app, { timers, hour: 3, ...reports });
  work.start();
  await vi.waitFor(() =>
    expect(lines).toEqual([
      [NOTHING, "retention"],
      [{ organizations: 1 }, "deleted removed organizations"],
    ]),
  );
  await work.stop();
  expect((await bench.app.store.read.select().from(organizations)).map(({ slug }) => slug)).toEqual(["acme"]);
});

test("does nothing after a restart if the work of that night is done", async () => {
  const { lines, reports } = watched();
  const timers = manualTimers();
  for (const round of [1, 2]) {
    const work = createRetentionJob(bench.app, { timers, hour: 3, ...reports });
    work.start();
    if (round === 1) await vi.waitFor(() => expect(lines).toHaveLength(1));
    await work.stop();
  }
  expect(lines).toHaveLength(1);
});

test("reports failures and waits for the next night", async () => {
  const { lines, reports } = watched();
  const timers = manualTimers();
  const store = { ...bench.app.store, transaction: () => Promise.reject(new Error("no database")) };
  const work = createRetentionJob({ ...bench.app, store }, { timers, hour: 3, ...reports });
  work.start();
  await vi.waitFor(() => expect(lines).toEqual([[{ err: new Error("no database") }, "retention"]]));
  expect(timers.waiting()).toBe(1);
  await work.stop();
});

test("resumes the work of a killed process on SQLite at once, and of another server on PostgreSQL after its lease", async () => {
  const { lines, reports } = watched();
  const timers = manualTimers();
  const { nightlyWork } = bench.app.store.read.tables;
  const begun = { name: "retention", dateBegun: bench.app.now(), afterProjectId: 0, dateAlive: bench.app.now() };
  await bench.app.store.transaction((tx) => tx.insert(nightlyWork).values(begun));
  const work = createRetentionJob(bench.app, { timers, hour: 3, ...reports });
  work.start();
  await vi.waitFor(() => expect(lines).toEqual([[NOTHING, "retention"]]));
  await work.stop();

  await bench.app.store.transaction((tx) => tx.update(nightlyWork).set(begun));
  const postgres = createRetentionJob(
    { ...bench.app, store: { ...bench.app.store, dialect: "postgres" } },
    { timers, hour: 3, ...reports },
  );
  postgres.start();
  // While another server does the work, the next check is after the lease, not in the next night.
  await vi.waitFor(() => expect(timers.next()).toBe(LEASE));
  expect(lines).toHaveLength(1);
  bench.clock.advance(LEASE);
  timers.pass(LEASE);
  await vi.waitFor(() => expect(lines).toHaveLength(2));
  await postgres.stop();
  expect(timers.waiting()).toBe(0);
});
