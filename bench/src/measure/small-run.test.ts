import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { indexedFile, loadIndexedFiles } from "../seed/indexed-files.ts";
import { largeSearches } from "../seed/large-history.ts";
import { type DataDirectory, provisionDirectory, webFile } from "../servers/data-directory.ts";
import { startLandfall } from "../servers/start-servers.ts";
import { measureArtifacts } from "./artifacts.ts";
import { measureCommits } from "./commits.ts";
import { lookUpPlan, lookUps } from "./lookups.ts";
import { measurePages } from "./pages.ts";
import { measureScale } from "./scale.ts";
import { sendRequest } from "./verify-servers.ts";

let empty: DataDirectory;

beforeAll(async () => {
  empty = await provisionDirectory({ projects: ["web", "api"] });
}, 60_000);

afterAll(() => empty.remove());

const ascending = ({ min, median, max }: { min: number; median: number; max: number }) => 0 < min && min <= median && median <= max;

/** Against the real server, with as little data as possible. */
describe("measureScale", () => {
  it("reads all lists at all sizes", { timeout: 60_000 }, async () => {
    const progress: string[] = [];
    const plan = { sizes: [1000, 1100], scale: { rounds: 1, milliseconds: 1 } };
    const { sizes, rows, memory } = await measureScale({ plan, empty, onProgress: (text) => progress.push(text) });
    expect(sizes).toEqual([1000, 1100]);
    expect(rows.map(({ name }) => name)).toEqual(largeSearches.map(({ name }) => name));
    for (const { times } of rows) expect(times.map(ascending)).toEqual([true, true]);
    expect(memory).toHaveLength(2);
    expect(progress.slice(0, 2)).toEqual(["storing 1,000 releases", "storing 1,100 releases"]);
  });
});

describe("measureCommits", () => {
  it("sets each list twice and reads the releases", { timeout: 60_000 }, async () => {
    const { set, retrieve } = await measureCommits(empty, { counts: [2, 40], repeats: 2, reads: 3 }, () => {});
    expect(set.map(({ count, files }) => [count, files])).toEqual([
      [2, 6],
      [40, 120],
    ]);
    for (const { first, again } of set) expect([ascending(first), ascending(again)]).toEqual([true, true]);
    expect([retrieve.most, retrieve.fewest, retrieve.ratio].map(ascending)).toEqual([true, true, true]);
  });
});

describe("measurePages", () => {
  it.runIf(existsSync(webFile(".next/BUILD_ID")))("reads the page of both organizations", { timeout: 120_000 }, async () => {
    const progress: string[] = [];
    const plan = { pageSizes: [10, 40] as const, scale: { rounds: 2, milliseconds: 1 } };
    const result = await measurePages(plan, (text) => progress.push(text), 0);
    if (!result) throw new Error("the pages are built");
    expect([...result.times, result.growth].map(ascending)).toEqual([true, true, true]);
    expect(result.memory.resident).toBeGreaterThan(result.memory.own);
    expect(progress).toEqual(["storing 10 releases", "storing 40 releases", "the releases page", "every main page"]);
  });
});

describe("measureArtifacts", () => {
  it("measures uploads, assemblies, lookups, and resolving", { timeout: 120_000 }, async () => {
    const all = { connections: 2, chunks: 2, chunkBytes: 20_000, isBudgeted: true };
    const shapes = [
      { ...all, name: "plain", isPacked: false },
      { ...all, name: "gzip", isPacked: true },
    ];
    const times = { rounds: 1, milliseconds: 1 };
    const plan = {
      uploads: { shapes, warmUpSeconds: 0.001, rounds: 1, seconds: 0.001 },
      assemblies: { files: 20, repeats: 1 },
      lookUps: { sizes: [500, 1000], times },
      frames: { count: 10, repeats: 1 },
    };
    const { uploads, assemblies, lookUps, frames } = await measureArtifacts(empty, plan, () => {});
    expect(uploads.results.map(({ name }) => name)).toEqual(["plain", "gzip"]);
    for (const { landfall, baseline } of uploads.results) expect([landfall, baseline].map(ascending)).toEqual([true, true]);
    for (const { total, steps } of assemblies.kinds) {
      const sum = steps.reduce((all, { took }) => all + took.median, 0);
      expect([steps.length, sum]).toEqual([4, expect.closeTo(total.median, 5)]);
    }
    expect(lookUps.sizes).toEqual([500, 1000]);
    for (const { times: took } of lookUps.rows) expect(took.map(ascending)).toEqual([true, true]);
    expect([frames.parsed, ascending(frames.first.landfall), ascending(frames.next.baseline)]).toEqual([1, true, true]);
  });

  it("finds indexed files like uploaded ones, and nothing for unknown ids", { timeout: 60_000 }, async () => {
    const data = empty.copy();
    loadIndexedFiles(data, 1500);
    const server = await startLandfall(data);
    try {
      for (const { name, finds, search } of lookUps) {
        const { body } = await sendRequest(server.origin, lookUpPlan(data, search(indexedFile(777))), 0);
        const found = finds === null ? [] : [expect.objectContaining({ id: "artifact_bundle/2", resolved_with: finds })];
        expect([name, JSON.parse(body)]).toEqual([name, found]);
      }
    } finally {
      await server.stop();
      data.remove();
    }
  });
});

describe("provisionDirectory", () => {
  it("creates the data with the admin command", () => {
    expect(empty.organization).toBe("acme");
    expect(empty.projects.map(({ slug }) => slug)).toEqual(["web", "api"]);
    expect(empty.token).toMatch(/^sntrys_/);
    expect(existsSync(empty.file)).toBe(true);
  });

  it("can be copied, and the copy can be removed separately", () => {
    const copy = empty.copy();
    expect(copy).toMatchObject({ organization: "acme", projects: empty.projects, token: empty.token });
    expect([copy.path === empty.path, existsSync(copy.file)]).toEqual([false, true]);
    copy.remove();
    expect([existsSync(copy.path), existsSync(empty.path)]).toEqual([false, true]);
  });
});
