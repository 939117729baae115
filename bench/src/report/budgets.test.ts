import { describe, expect, it } from "vitest";
import { budgets, growth } from "./budgets.ts";
import type { Report } from "./report.ts";
import { around, sampleReport } from "./sample-report.ts";

const { throughput, scale, commits, writers, artifacts, starts, pages } = sampleReport;
if (!throughput || !scale || !commits || !writers || !artifacts || !starts || !pages) throw new Error("the sample has every part");

const missed = (report: Report) => budgets(report).flatMap(({ what, isMet }) => (isMet ? [] : [what]));

describe("budgets", () => {
  it("are all met by the sample, each with limit and value", () => {
    expect(
      budgets(sampleReport).map(({ what, limit, measured, isMet }) => `${what} ${limit}: ${measured}${isMet ? "" : " MISSED"}`),
    ).toEqual([
      "requests with the same statements on both servers = 3: 3",
      "REST retrieve, relative to the baseline ≥ 0.5: 0.600",
      "REST create (201), relative to the baseline ≥ 0.5: 2.00",
      "REST create (201), relative to the baseline with group commit ≥ 0.5: 0.700",
      "first page of 1,000,000 releases, relative to 1,000 ≤ 1.5: 1.10",
      "memory of these servers, largest relative to smallest ≤ 1.2: 1.03",
      "set-commits of 10,000 with 30,000 files, ms ≤ 1000: 400",
      "retrieve that release, relative to one with few commits ≤ 1.2: 1.02",
      "16 writers, FULL with group commit, relative to FULL without ≥ 3: 4.00",
      "16 writers, FULL with group commit, relative to NORMAL without ≥ 1: 1.20",
      "upload 4 chunks, relative to the baseline ≥ 0.5: 0.800",
      "memory growth by uploads, MiB ≤ 128: 80.0",
      "lookup by debug id, 1,000,000 files, relative to 10,000 ≤ 1.5: 1.20",
      "reads of the map for two traces ≤ 1: 1.00",
      "memory, idle, after reading pages, MiB ≤ 256: 180",
      "HTML of the releases page, 100,000 releases relative to 100 ≤ 1.5: 1.05",
      "memory, idle, after all main pages, MiB ≤ 256: 220",
    ]);
  });

  const [retrieve, create, list] = throughput.results;
  if (!retrieve || !create || !list) throw new Error("the sample has three requests");

  it.each<[string, Report, string[]]>([
    [
      "a slow request",
      { ...sampleReport, throughput: { ...throughput, results: [{ ...retrieve, toBaseline: around(0.49) }] } },
      ["REST retrieve, relative to the baseline"],
    ],
    [
      "a request that is only fast because commits are shared",
      { ...sampleReport, throughput: { ...throughput, results: [{ ...create, toGrouped: around(0.3) }] } },
      ["REST create (201), relative to the baseline with group commit"],
    ],
    [
      "a baseline that does other work",
      { ...sampleReport, throughput: { ...throughput, unequal: [{ name: "tRPC list", onlyLandfall: ["a"], onlyBaseline: [] }] } },
      ["requests with the same statements on both servers"],
    ],
    [
      "a list that grows",
      { ...sampleReport, scale: { ...scale, rows: [{ name: "first page", times: [around(2), around(3.1)] }] } },
      ["first page of 1,000,000 releases, relative to 1,000"],
    ],
    [
      "memory that grows",
      {
        ...sampleReport,
        scale: {
          ...scale,
          memory: [
            { resident: 100, own: 60 },
            { resident: 100, own: 80 },
          ],
        },
      },
      ["memory of these servers, largest relative to smallest"],
    ],
    [
      "slow commits, and a slow release",
      {
        ...sampleReport,
        commits: {
          set: [{ count: 5, files: 15, first: around(1001), again: around(1) }],
          retrieve: { ...commits.retrieve, ratio: around(1.3) },
        },
      },
      ["set-commits of 5 with 15 files, ms", "retrieve that release, relative to one with few commits"],
    ],
    [
      "writers that wait",
      { ...sampleReport, writers: { ...writers, modes: writers.modes.map((mode) => ({ ...mode, toGroupedFull: around(0.9) })) } },
      ["16 writers, FULL with group commit, relative to FULL without", "16 writers, FULL with group commit, relative to NORMAL without"],
    ],
    [
      "slow uploads that keep memory",
      {
        ...sampleReport,
        artifacts: {
          ...artifacts,
          uploads: {
            results: artifacts.uploads.results.map((result) => ({ ...result, toBaseline: around(0.4) })),
            memory: { before: { resident: 100, own: 60 }, after: { resident: 229, own: 180 } },
          },
        },
      },
      ["upload 4 chunks, relative to the baseline", "memory growth by uploads, MiB"],
    ],
    [
      "lookups that grow, and a map that is read again",
      {
        ...sampleReport,
        artifacts: {
          ...artifacts,
          lookUps: { sizes: [10, 1000], rows: [{ name: "by URL", times: [around(1), around(1.6)] }] },
          frames: { ...artifacts.frames, parsed: 2 },
        },
      },
      ["lookup by URL, 1,000 files, relative to 10", "reads of the map for two traces"],
    ],
    [
      "a large process",
      { ...sampleReport, starts: { ...starts, idleWithPages: { resident: 257, own: 100 } } },
      ["memory, idle, after reading pages, MiB"],
    ],
    [
      "a page that grows",
      { ...sampleReport, pages: { ...pages, growth: around(1.6) } },
      ["HTML of the releases page, 100,000 releases relative to 100"],
    ],
    [
      "pages that fill the memory",
      { ...sampleReport, pages: { ...pages, memory: { resident: 300, own: 200 } } },
      ["memory, idle, after all main pages, MiB"],
    ],
  ])("miss %s, and nothing else", (_, report, expected) => {
    expect(missed(report)).toEqual(expected);
  });

  it("use the memory without pages if they are not built", () => {
    const [last] = budgets({ machine: sampleReport.machine, plan: sampleReport.plan, starts: { ...starts, idleWithPages: null } });
    expect(last).toMatchObject({ what: "memory, idle, without pages, MiB", measured: "117" });
  });

  it("omit parts that were not measured", () => {
    const { machine, plan } = sampleReport;
    expect(budgets({ machine, plan })).toEqual([]);
    expect(budgets({ machine, plan, pages: null })).toEqual([]);
    const unknown = { resident: Number.NaN, own: Number.NaN };
    expect(budgets({ machine, plan, starts: { ...starts, idle: unknown, idleWithPages: null } })).toEqual([]);
    expect(budgets({ machine, plan, scale: { ...scale, memory: [unknown, unknown] } }).map(({ what }) => what)).toEqual([
      "first page of 1,000,000 releases, relative to 1,000",
    ]);
  });
});

describe("growth", () => {
  it("compares the largest size with the smallest", () => {
    expect(growth({ name: "x", times: [around(2), around(100), around(5)] })).toBe(2.5);
  });

  it("is not a number without times", () => {
    expect(growth({ name: "x", times: [] })).toBeNaN();
  });
});
