import { HOUR } from "@landfall/domain/durations";
import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, describe, expect, test } from "vitest";
import { LEASE } from "../../kernel/lease.ts";
import { listAudit } from "../audit/list.ts";
import { lastOccurrence, nightlyRetention } from "./nightly.ts";
import { setRetention } from "./retention-rule.ts";
import { writePlan } from "./retention-world.fixture.ts";
import { listRetentionRuns } from "./start-and-list-runs.ts";

describe("the last occurrence of three o'clock", () => {
  test.each([
    ["2026-03-01T02:59:59.999Z", "2026-02-28T03:00:00.000Z"],
    ["2026-03-01T03:00:00.000Z", "2026-03-01T03:00:00.000Z"],
    ["2026-03-01T23:00:00.000Z", "2026-03-01T03:00:00.000Z"],
  ])("at %s was %s", (now, last) => {
    expect(lastOccurrence(new Date(now), 3).toISOString()).toBe(last);
  });
});

describe.each(["sqlite", "postgres"] as const)("at night, on %s", (kind) => {
  let bench: TestApp;
  afterEach(() => bench.close());

  /** Creates an organization whose projects have an old bundle each. */
  async function open() {
    bench = await createTestApp(kind);
    const made = await bench.given.organization("acme", { teams: ["crew"], projects: { web: "crew", api: "crew", kept: "crew" } });
    await bench.given.user("ann@acme.test", { organization: "acme", role: "owner" });
    const bundles = ["web", "api", "kept"].map((slug, blob) => ({ age: 9, again: null, blob, projects: [slug], releases: [] }));
    await writePlan(bench.app.store, made, { releases: [], bundles, hidden: {} }, bench.app.now());
    const owner = await callers(bench.app, bench.given).person("ann@acme.test");
    for (const project of ["web", "api"]) await setRetention(owner, { organization: "acme", project, keepDays: 5 });
    return owner;
  }

  function recorder() {
    const [ran, failed]: [string[], string[]] = [[], []];
    const stopped = new AbortController();
    return {
      ran,
      failed,
      stopped,
      night: {
        hour: 3,
        onRun: ({ slug }: { readonly slug: string }, { bundles }: { readonly bundles: number }) => void ran.push(`${slug}: ${bundles}`),
        onError: (error: unknown, { slug }: { readonly slug: string }) => void failed.push(`${slug}: ${String(error)}`),
        signal: stopped.signal,
      },
    };
  }

  test("every project with a rule is processed once a night by one process, and the run is recorded", async () => {
    const owner = await open();
    const { ran, failed, night } = recorder();
    const claimed = await Promise.all([1, 2, 3].map(() => nightlyRetention(bench.app, night)));
    expect(claimed.toSorted()).toEqual(["done", "elsewhere", "elsewhere"]);
    expect([ran.toSorted(), failed]).toEqual([["api: 1", "web: 1"], []]);
    bench.clock.set("2026-01-03T02:59:00Z");
    expect(await nightlyRetention(bench.app, night)).toBe("nothing");
    bench.clock.advance(HOUR);
    expect(await nightlyRetention(bench.app, night)).toBe("done");
    expect(ran.slice(2).toSorted()).toEqual(["api: 0", "web: 0"]);
    const { items } = await listRetentionRuns(owner, { organization: "acme" });
    expect(items.map(({ project, actor, bundles }) => `${project.slug} by ${actor.kind}: ${bundles}`).toSorted()).toEqual([
      "api by system: 0",
      "api by system: 1",
      "web by system: 0",
      "web by system: 1",
    ]);
    const log = await listAudit(owner, { organization: "acme", action: "retention.run" });
    expect(log.items.map(({ target, actor }) => `${target} by ${actor.label}`).toSorted()).toEqual(["api by system", "web by system"]);
  });

  test("a failing project is reported, does not stop the others, and is tried again the next night", async () => {
    const owner = await open();
    const { ran, failed, night } = recorder();
    const { store } = bench.app;
    let transactions = 0;
    const broken = {
      ...store,
      // The claim, the start of the first project, and then its work.
      transaction: <T>(work: Parameters<typeof store.transaction<T>>[0]): Promise<T> =>
        (transactions += 1) === 3 ? Promise.reject(new Error("the disk is full")) : store.transaction(work),
    };
    await nightlyRetention({ ...bench.app, store: broken }, night);
    expect([ran.length, failed.length]).toEqual([1, 1]);
    expect(failed[0]).toContain("the disk is full");
    const { items } = await listRetentionRuns(owner, { organization: "acme" });
    expect(items.map(({ bundles, failure }) => `${bundles}: ${failure}`).toSorted()).toEqual([
      "0: The server failed. Its log has the details.",
      "1: null",
    ]);
    bench.clock.advance(24 * HOUR);
    await nightlyRetention(bench.app, night);
    expect(
      ran
        .slice(1)
        .toSorted()
        .map((line) => line.slice(-1)),
    ).toEqual(expect.arrayContaining(["0", "1"]));
  });

  test("it ends with the server, and reports that", async () => {
    const owner = await open();
    const { ran, failed, night, stopped } = recorder();
    const { store } = bench.app;
    let transactions = 0;
    const ending = {
      ...store,
      transaction: <T>(work: Parameters<typeof store.transaction<T>>[0]): Promise<T> => {
        if ((transactions += 1) === 2) stopped.abort(new Error("stopping"));
        return store.transaction(work);
      },
    };
    await nightlyRetention({ ...bench.app, store: ending }, night);
    expect([ran, failed.length]).toEqual([[], 1]);
    const { items } = await listRetentionRuns(owner, { organization: "acme" });
    expect(items).toMatchObject([{ bundles: 0, failure: "The server was stopped. The next run continues from here." }]);
  });

  test("a start with a clock that is years ahead does not prevent later nights", async () => {
    await open();
    const { ran, night } = recorder();
    const real = bench.app.now();
    bench.clock.set("2036-01-02T03:04:05Z");
    expect(await nightlyRetention(bench.app, night)).toBe("done");
    bench.clock.set(real.toISOString());
    expect(await nightlyRetention(bench.app, night)).toBe("done");
    expect(await nightlyRetention(bench.app, night)).toBe("nothing");
    bench.clock.advance(24 * HOUR);
    expect(await nightlyRetention(bench.app, night)).toBe("done");
    expect(ran).toHaveLength(6);
  });

  test("clocks of servers that differ by minutes do not repeat the work", async () => {
    await open();
    const { night } = recorder();
    bench.clock.advance(30 * 60 * 1000);
    expect(await nightlyRetention(bench.app, night)).toBe("done");
    bench.clock.advance(-30 * 60 * 1000);
    expect(await nightlyRetention(bench.app, night)).toBe("nothing");
  });

  test("a killed run continues after its last project when its lease has expired", async () => {
    await open();
    const { ran, night } = recorder();
    const { store } = bench.app;
    // Killed in the second project: no transaction completes any more.
    const killed = {
      ...night,
      onRun: (project: { readonly slug: string }, run: { readonly bundles: number }) => {
        night.onRun(project, run);
        if (ran.length === 2) throw new Error("killed");
      },
    };
    let isKilled = false;
    const ending = {
      ...store,
      transaction: <T>(work: Parameters<typeof store.transaction<T>>[0]): Promise<T> =>
        isKilled ? Promise.reject(new Error("killed")) : store.transaction(work),
    };
    const killedNight = { ...killed, onError: () => void (isKilled = true) };
    await expect(nightlyRetention({ ...bench.app, store: ending }, killedNight)).rejects.toThrow("killed");
    const second = ran[1]?.split(":")[0];
    expect(await nightlyRetention(bench.app, night)).toBe("elsewhere");
    bench.clock.advance(LEASE);
    expect(await nightlyRetention(bench.app, night)).toBe("done");
    expect(ran.slice(2)).toEqual([`${second}: 0`]);
    expect(await nightlyRetention(bench.app, night)).toBe("nothing");
  });

  test("the work of a process that was stopped continues at once", async () => {
    await open();
    const { ran, night, stopped } = recorder();
    const stopping = {
      ...night,
      onRun: (project: { readonly slug: string }, run: { readonly bundles: number }) => {
        night.onRun(project, run);
        stopped.abort(new Error("stopping"));
      },
    };
    await nightlyRetention(bench.app, stopping);
    expect(ran).toHaveLength(1);
    expect(await nightlyRetention(bench.app, recorder().night)).toBe("done");
  });
});
