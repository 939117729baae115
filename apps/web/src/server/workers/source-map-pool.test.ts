import { monitorEventLoopDelay } from "node:perf_hooks";
import type { LazyBytes } from "@landfall/core/kernel/map-reader";
import { afterEach, describe, expect, test } from "vitest";
import { timers } from "#server/lifecycle/timers.ts";
import { createMapPool, type MapPool } from "./source-map-pool.ts";

const pools: MapPool[] = [];

afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.stop();
});

const FAILING = new URL("../../../test/failing-map-worker.ts", import.meta.url);
const errors: unknown[] = [];

function open(options: Partial<Parameters<typeof createMapPool>[0]> = {}): MapPool {
  const pool = createMapPool({ timers, onError: (error) => errors.push(error), ...options });
  pools.push(pool);
  return pool;
}

let reads = 0;

const lazy = (key: string, content: string): LazyBytes => ({
  key,
  bytes: () => {
    reads += 1;
    return Promise.resolve(new Uint8Array(Buffer.from(content)));
  },
});

const MAP = JSON.stringify({ version: 3, sources: ["a.ts"], sourcesContent: ["one\ntwo"], names: ["x"], mappings: "AACAA" });
const mapOf = (key: string, content = MAP) => ({ ...lazy(key, content), isInline: false });
const FIRST = [{ line: 1, column: 1 }];

/** Starts requests of organization 1 that never end. Each resolves to its error. */
const startNever = (pool: MapPool, count: number): Promise<unknown>[] =>
  Array.from({ length: count }, (_, index) =>
    pool
      .forRequest(1)
      .readScript(lazy(`${index + 1}-never`, ""))
      .catch((error: unknown) => error),
  );

/** Resolves once `check` returns true. Checks at every event-loop tick, a bounded number of times. */
async function waitUntil(check: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1_000_000 && !check(); turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(check()).toBe(true);
}

describe("workers for source maps", () => {
  test("read scripts and maps, fetch bytes once, and start only when there is something to read", async () => {
    const pool = open();
    expect(pool.running()).toBe(0);
    reads = 0;
    const script = lazy("1a", "f();\n//# sourceMappingURL=a.js.map");
    expect(await pool.forRequest(1).readScript(script)).toEqual({
      isRead: true,
      debugId: null,
      reference: { reference: "a.js.map", from: "comment", isInline: false },
    });
    expect(pool.running()).toBe(1);
    for (let time = 0; time < 3; time += 1) {
      expect(await pool.forRequest(1).resolve(mapOf("1b"), FIRST)).toMatchObject({
        isRead: true,
        resolutions: [{ isFound: true, source: "a.ts", line: 2, name: "x", context: { line: "two" } }],
      });
    }
    expect(reads).toBe(2);
    const inline = { ...lazy("1c", `//# sourceMappingURL=data:application/json,${encodeURIComponent(MAP)}`), isInline: true };
    expect(await pool.forRequest(1).resolve(inline, FIRST)).toMatchObject({ isRead: true });
    await pool.forRequest(1).resolve(mapOf("2"), FIRST);
    expect(pool.running()).toBe(2);
  });

  test("return problems of a map, and throw failures to fetch it", async () => {
    const pool = open({ size: 1 });
    expect(await pool.forRequest(1).resolve(mapOf("1", "<html>"), FIRST)).toEqual({
      isRead: false,
      problem: "This is not a source map: it is not JSON.",
    });
    const fetchFailure = new Error("gone");
    await expect(pool.forRequest(1).resolve({ key: "2", isInline: false, bytes: () => Promise.reject(fetchFailure) }, FIRST)).rejects.toBe(
      fetchFailure,
    );
    expect(await pool.forRequest(1).resolve(mapOf("2"), FIRST)).toMatchObject({ isRead: true });
  });

  test("end when they are idle, report when the last one has ended, and start again", async () => {
    const runningWhenIdle: number[] = [];
    const pool = open({ size: 2, limits: { idle: 1 }, onIdle: () => runningWhenIdle.push(pool.running()) });
    await Promise.all(["1", "2"].map((key) => pool.forRequest(1).resolve(mapOf(key), FIRST)));
    await waitUntil(() => runningWhenIdle.length > 0);
    expect(runningWhenIdle[0]).toBe(0);
    expect(await pool.forRequest(1).resolve(mapOf("1"), FIRST)).toMatchObject({ isRead: true });
  });

  test.each([
    ["exit", /failed on the server/, 1],
    ["throw", /failed on the server/, 1],
    ["memory", /more memory/, 0],
  ])("that end by %s fail the current request, but no waiting one", async (how, sentence, reported) => {
    errors.length = 0;
    const pool = open({ size: 1, file: FAILING, limits: { memory: 32 } });
    const readings = await Promise.all([`1-${how}`, "1-fine"].map((key) => pool.forRequest(1).readScript(lazy(key, ""))));
    expect(readings).toEqual([
      { isRead: false, problem: expect.stringMatching(sentence) },
      { isRead: true, debugId: "1-fine", reference: null },
    ]);
    expect(errors).toHaveLength(reported);
  });

  test("are ended when they exceed the time limit", async () => {
    const pool = open({ size: 1, file: FAILING, limits: { timeLimit: 1 } });
    expect(await pool.forRequest(1).readScript(lazy("1-never", ""))).toEqual({
      isRead: false,
      problem: expect.stringMatching(/longer than 0\.001 seconds/),
    });
    expect(pool.running()).toBe(0);
  });

  test("have a bounded queue, and refuse all waiting requests when the server stops", async () => {
    const pool = open({ size: 1, file: FAILING, limits: { waitingPerOrganization: 3 } });
    const waiting = startNever(pool, 4);
    await expect(pool.forRequest(1).readScript(lazy("5-never", ""))).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/busy/),
    });
    await pool.stop();
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => expect.objectContaining({ code: "unavailable" })));
    await expect(pool.forRequest(1).readScript(lazy("6-fine", ""))).rejects.toMatchObject({ code: "unavailable" });
    expect(pool.running()).toBe(0);
  });

  test("take turns between organizations, no matter how many files one of them has waiting", async () => {
    const pool = open({ size: 1, file: FAILING });
    const order: string[] = [];
    const read = (organizationId: number, key: string) =>
      pool
        .forRequest(organizationId)
        .readScript(lazy(key, ""))
        .then(() => order.push(key));
    const flood = Array.from({ length: 15 }, (_, index) => read(1, `1${index}-fine`));
    await Promise.all([...flood, read(2, "2-fine")]);
    expect(order.indexOf("2-fine")).toBe(2);
    expect(order).toHaveLength(16);
  });

  test("refuse an organization that has too many files waiting, and no other", async () => {
    const pool = open({ size: 1, file: FAILING, limits: { waitingPerOrganization: 3 } });
    const waiting = startNever(pool, 4);
    await expect(pool.forRequest(1).readScript(lazy("5-fine", ""))).rejects.toMatchObject({ code: "unavailable" });
    const other = pool
      .forRequest(2)
      .readScript(lazy("6-fine", ""))
      .catch((error: unknown) => error);
    await pool.stop();
    expect(await other).toMatchObject({ message: expect.stringMatching(/stopping/) });
    await Promise.all(waiting);
  });

  test("give all files of a request one budget of reading time, and other requests theirs", async () => {
    const pool = open({ size: 1, file: FAILING, limits: { budget: 1 } });
    const reader = pool.forRequest(1);
    const used = { isRead: false, problem: expect.stringMatching(/of this request takes longer than 0\.001 seconds/) };
    expect(await reader.readScript(lazy("1-never", ""))).toEqual(used);
    expect(await reader.readScript(lazy("1-fine", ""))).toEqual(used);
    expect(pool.running()).toBe(0);
    const withLargeBudget = open({ size: 1, file: FAILING });
    expect(await withLargeBudget.forRequest(1).readScript(lazy("1-fine", ""))).toMatchObject({ isRead: true });
  });

  test("check the sources of a map", async () => {
    const content = JSON.stringify({ version: 3, sources: ["a.ts", "b.ts"], sourcesContent: ["x", null], names: [], mappings: "AAAA" });
    const reading = await open().forRequest(1).checkSources(lazy("1", content));
    expect(reading).toEqual({ isRead: true, sources: 2, withText: 1, without: ["b.ts"] });
  });

  test("do not block the main thread while they read a map of 40 MB", async () => {
    const pool = open({ size: 1 });
    await pool.forRequest(1).resolve(mapOf("1"), FIRST);
    const large = new Uint8Array(
      Buffer.from(
        JSON.stringify({
          version: 3,
          sources: ["a.ts"],
          names: [],
          sourcesContent: ["const x = 1;\n".repeat(2_300_000)],
          mappings: `AAAA${",CACA".repeat(2_000_000)}`,
        }),
      ),
    );
    expect(large.byteLength).toBeGreaterThan(40_000_000);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const began = performance.now();
    delay.enable();
    const reading = await pool.forRequest(1).resolve({ key: "2", isInline: false, bytes: () => Promise.resolve(large) }, FIRST);
    delay.disable();
    const took = performance.now() - began;
    expect(reading).toMatchObject({ isRead: true, resolutions: [{ isFound: true, line: 1 }] });
    expect(delay.max / 1e6).toBeLessThan(took / 2);
  });
});
