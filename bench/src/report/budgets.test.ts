import { describe, expect, it } from "vitest";
import { budgets, growth } from "./budgets.ts";
import type { Report } from "./report.ts";
import { around, sampleReport } from "./sample-report.ts";

const { throughput, scale, commits, writers, artifacts, starts, pages } = sampleReport;
if (!throughput || !scale || !commits || !writers || !artifacts || !starts || !pages) throw new Error("the sample has every part");

const missed = (report: Report) => budgets(report).flatMap(({ what, isMet }) => (isMet ? [] : [what]));

describe("budgets", () => {
  it("are all met by the sample, each with its limit and figure", () => {
    expect(
      budgets(sampleReport).map(({ what, limit, measured, isMet }) => `${what} ${limit}: ${measured}${isMet ? "" : " MISSED"}`),
    ).toEqual([
      "requests for which both run the same statements = 3: 3",
      "REST retrieve, to the baseline ≥ 0.5: 0.600",
      "REST create (201), to the baseline ≥ 0.5: 2.00",
      "REST create (201), to the baseline with shared commits ≥ 0.5: 0.700",
      "first page of 1,000,000 releases, to 1,000 ≤ 1.5: 1.10",
      "memory of these servers, largest to smallest ≤ 1.2: 1.03",
      "set-commits of 10,000 with 30,000 files, ms ≤ 1000: 400",
      "retrieve that release, to one with few commits ≤ 1.2: 1.02",
      "16 writers, FULL with group commit, to FULL without ≥ 3: 4.00",
      "16 writers, FULL with group commit, to NORMAL without ≥ 1: 1.20",
      "upload 4 chunks, to the baseline ≥ 0.5: 0.800",
      "memory after the uploads, over that before, MiB ≤ 128: 80.0",
      "look-up by debug id of 1,000,000 files, to 10,000 ≤ 1.5: 1.20",
      "readings of the map for two traces ≤ 1: 1.00",
      "idle after boot, pages warmed, MiB ≤ 256: 180",
      "HTML of the releases page, 100,000 releases to 100 ≤ 1.5: 1.05",
      "idle, every main page read, MiB ≤ 256: 220",
    ]);
  });

  const [retrieve, create, list] = throughput.results;
  if (!retrieve || !create || !list) throw new Error("the sample has three requests");

  it.each<[string, Report, string[]]>([
    [
      "a slow request",
      { ...sampleReport, throughput: { ...throughput, results: [{ ...retrieve, toBaseline: around(0.49) }] } },
      ["REST retrieve, to the baseline"],
    ],
    [
      "a request that is only fast because commits are shared",
      { ...sampleReport, throughput: { ...throughput, results: [{ ...create, toGrouped: around(0.3) }] } },
      ["REST create (201), to the baseline with shared commits"],
    ],
    [
      "a baseline that does other work",
      { ...sampleReport, throughput: { ...throughput, unequal: [{ name: "tRPC list", onlyLandfall: ["a"], onlyBaseline: [] }] } },
      ["requests for which both run the same statements"],
    ],
    [
      "a list that grows",
      { ...sampleReport, scale: { ...scale, rows: [{ name: "first page", times: [around(2), around(3.1)] }] } },
      ["first page of 1,000,000 releases, to 1,000"],
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
      ["memory of these servers, largest to smallest"],
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
      ["set-commits of 5 with 15 files, ms", "retrieve that release, to one with few commits"],
    ],
    [
      "writers that wait",
      { ...sampleReport, writers: { ...writers, modes: writers.modes.map((mode) => ({ ...mode, toGroupedFull: around(0.9) })) } },
      ["16 writers, FULL with group commit, to FULL without", "16 writers, FULL with group commit, to NORMAL without"],
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
      ["upload 4 chunks, to the baseline", "memory after the uploads, over that before, MiB"],
    ],
    [
      "look-ups that grow, and a map that is read again",
      {
        ...sampleReport,
        artifacts: {
          ...artifacts,
          lookUps: { sizes: [10, 1000], rows: [{ name: "by address", times: [around(1), around(1.6)] }] },
          frames: { ...artifacts.frames, parsed: 2 },
        },
      },
      ["look-up by address of 1,000 files, to 10", "readings of the map for two traces"],
    ],
    [
      "a large process",
      { ...sampleReport, starts: { ...starts, idleWithPages: { resident: 257, own: 100 } } },
      ["idle after boot, pages warmed, MiB"],
    ],
    [
      "a page that grows",
      { ...sampleReport, pages: { ...pages, growth: around(1.6) } },
      ["HTML of the releases page, 100,000 releases to 100"],
    ],
    [
      "pages that fill the memory",
      { ...sampleReport, pages: { ...pages, memory: { resident: 300, own: 200 } } },
      ["idle, every main page read, MiB"],
    ],
  ])("miss %s, and nothing else", (_, report, expected) => {
    expect(missed(report)).toEqual(expected);
  });

  it("judge a process without pages when they are not built", () => {
    const [last] = budgets({ machine: sampleReport.machine, plan: sampleReport.plan, starts: { ...starts, idleWithPages: null } });
    expect(last).toMatchObject({ what: "idle after boot, without pages, MiB", measured: "117" });
  });

  it("say nothing of what was not measured", () => {
    const { machine, plan } = sampleReport;
    expect(budgets({ machine, plan })).toEqual([]);
    expect(budgets({ machine, plan, pages: null })).toEqual([]);
    const unknown = { resident: Number.NaN, own: Number.NaN };
    expect(budgets({ machine, plan, starts: { ...starts, idle: unknown, idleWithPages: null } })).toEqual([]);
    expect(budgets({ machine, plan, scale: { ...scale, memory: [unknown, unknown] } }).map(({ what }) => what)).toEqual([
      "first page of 1,000,000 releases, to 1,000",
    ]);
  });
});

describe("growth", () => {
  it("compares the last size with the first", () => {
    expect(growth({ name: "x", times: [around(2), around(100), around(5)] })).toBe(2.5);
  });

  it("is not a number without times", () => {
    expect(growth({ name: "x", times: [] })).toBeNaN();
  });
});
