import type { Store } from "@landfall/db/store";
import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { eq } from "drizzle-orm";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createDeploy } from "../deploys/create.ts";
import { setRetention } from "./retention-rule.ts";
import { type Plan, writePlan } from "./retention-world.fixture.ts";
import { MAX_RUNS, splitByWeight } from "./run.ts";
import { listRetentionRuns, startRetention } from "./start-and-list-runs.ts";

describe("run retention", () => {
  const at = { organization: "acme", project: "web" };

  let bench: TestApp;
  let owner: Context;
  let made: Awaited<ReturnType<TestApp["given"]["organization"]>>;

  beforeEach(async () => {
    bench = await createTestApp();
    made = await bench.given.organization("acme", { teams: ["crew"], projects: { web: "crew", api: "crew" } });
    await bench.given.user("ann@acme.test", { organization: "acme", role: "owner" });
    owner = await callers(bench.app, bench.given).person("ann@acme.test");
  });
  afterEach(() => bench.close());

  const plan = (releases: Plan["releases"], bundles: Plan["bundles"] = []) =>
    writePlan(bench.app.store, made, { releases, bundles, hidden: {} }, bench.app.now());

  const release = { age: 30, projects: ["web"], deploys: [], files: [] };
  const bundle = (index: number) => ({ age: 30, again: null, blob: index, projects: ["web"], releases: [index] });

  /** Returns a store that runs `work` between the search for expired artifacts and the first deletion. */
  function meanwhile(store: Store, work: () => Promise<unknown>): Store {
    let transactions = 0;
    return {
      ...store,
      async transaction<T>(given: Parameters<typeof store.transaction<T>>[0]): Promise<T> {
        if ((transactions += 1) === 2) await work();
        return store.transaction(given);
      },
    };
  }

  const countBundles = () => bench.app.store.read.$count(bench.app.store.read.tables.artifactBundles);

  describe("an expired artifact is kept", () => {
    beforeEach(async () => {
      await plan([release, release], [bundle(0), bundle(1)]);
      await setRetention(owner, { ...at, keepDays: 5 });
    });

    test("if it is deployed meanwhile", async () => {
      const store = meanwhile(bench.app.store, () => createDeploy(owner, { organization: "acme", version: "v0", environment: "qa" }));
      expect(await startRetention({ ...owner, store }, at)).toMatchObject({ bundles: 1, versions: ["v1"] });
      expect(await countBundles()).toBe(1);
    });

    test("if it is uploaded again meanwhile", async () => {
      const again = () =>
        bench.app.store.transaction(async (tx) => {
          const { artifactBundles } = tx.tables;
          await tx.update(artifactBundles).set({ dateModified: bench.app.now() }).where(eq(artifactBundles.checksum, "c1"));
        });
      expect(await startRetention({ ...owner, store: meanwhile(bench.app.store, again) }, at)).toMatchObject({ versions: ["v0"] });
    });

    test("if the rule is changed meanwhile, which ends the run with a recorded failure", async () => {
      const change = async () => {
        bench.clock.advance(1);
        await setRetention(owner, { ...at, keepDays: 50 });
      };
      const refusal = { code: "conflict", message: "The retention rule was changed while artifacts were being removed. Start again." };
      await expect(startRetention({ ...owner, store: meanwhile(bench.app.store, change) }, at)).rejects.toMatchObject(refusal);
      expect(await countBundles()).toBe(2);
      const { items } = await listRetentionRuns(owner, { organization: "acme" });
      expect(items).toMatchObject([{ bundles: 0, failure: refusal.message }]);
      expect(items[0]?.dateFinished).not.toBeNull();
    });
  });

  test("an interrupted run has recorded what it deleted, and the next one continues", async () => {
    // Files of these bundles are too many for one transaction.
    await plan([release, release], [bundle(0), bundle(1)]);
    await bench.app.store.transaction((tx) => tx.update(tx.tables.artifactBundles).set({ fileCount: 900 }));
    await setRetention(owner, { ...at, keepDays: 5 });
    let transactions = 0;
    const { store } = bench.app;
    const interrupted = {
      ...store,
      transaction: <T>(work: Parameters<typeof store.transaction<T>>[0]): Promise<T> =>
        (transactions += 1) > 2 ? Promise.reject(new Error("gone")) : store.transaction(work),
    };
    await expect(startRetention({ ...owner, store: interrupted }, at)).rejects.toThrow("gone");
    const cutOff = { bundles: 1, releases: 1, files: 900, bytes: 1, versions: ["v0"], dateFinished: null, failure: null };
    expect((await listRetentionRuns(owner, { organization: "acme" })).items).toMatchObject([cutOff]);
    expect(await startRetention(owner, at)).toMatchObject({ bundles: 1, releases: 1, files: 900, bytes: 2, versions: ["v1"] });
  });

  test("many files of one release are deleted in several transactions, and the release counts once", async () => {
    const files = Array.from({ length: 2500 }, (_, index) => ({ age: 30, blob: index % 3, isArchive: index === 2400 }));
    await plan([{ ...release, files }]);
    await setRetention(owner, { ...at, keepDays: 5 });
    const run = await startRetention(owner, at);
    expect(run).toMatchObject({ bundles: 0, releases: 1, files: 2500, bytes: 1 + 2 + 4, versions: ["v0"] });
    const { releaseFiles, releaseArchives, blobs } = bench.app.store.read.tables;
    const { read } = bench.app.store;
    expect([await read.$count(releaseFiles), await read.$count(releaseArchives), await read.$count(blobs)]).toEqual([0, 0, 3]);
  });

  test("the last hundred runs of a project are stored", async () => {
    await setRetention(owner, { ...at, keepDays: 5 });
    await setRetention(owner, { organization: "acme", project: "api", keepDays: 5 });
    await startRetention(owner, { organization: "acme", project: "api" });
    for (let index = 0; index < MAX_RUNS + 3; index += 1) await startRetention(owner, at);
    const { read } = bench.app.store;
    expect(await read.$count(read.tables.retentionRuns)).toBe(MAX_RUNS + 1);
  });
});

test("every item is in one part, in order, and no part with several items is too heavy", () => {
  const weights = fc.array(fc.nat(12), { maxLength: 40 });
  fc.assert(
    fc.property(weights, fc.integer({ min: 1, max: 10 }), (items, most) => {
      const parts = splitByWeight(items, (item) => item, most);
      expect(parts.flat()).toEqual(items);
      for (const part of parts) expect(part.length === 1 || part.reduce((sum, item) => sum + item, 0) <= most).toBe(true);
      expect(parts.every((part) => part.length > 0)).toBe(true);
    }),
  );
});

test("parts are as large as possible", () => {
  expect(splitByWeight([1, 2, 3, 9, 1, 1], (item) => item, 6)).toEqual([[1, 2, 3], [9], [1, 1]]);
});
