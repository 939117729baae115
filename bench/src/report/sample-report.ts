import type { Spread } from "../load/statistics.ts";
import { FULL } from "../measure/plan.ts";
import type { Report } from "./report.ts";

/** For tests: a spread around `median`. */
export const around = (median: number): Spread => ({ min: median / 2, median, max: median * 2 });

const side = (median: number) => ({ perSecond: around(median), median: 1, processor: 250 });

/** For tests: a report that meets all budgets. */
export const sampleReport: Report = {
  machine: {
    processors: "2 × Test",
    memoryGibibytes: 4,
    system: "Linux 6",
    node: "v24.0.0",
    date: "2026-01-01T00:00:00.000Z",
    loadBefore: 0.1,
  },
  plan: FULL,
  throughput: {
    results: [
      {
        name: "REST retrieve",
        isBudgeted: true,
        sides: { landfall: side(3000), baseline: side(5000) },
        toBaseline: around(0.6),
        toGrouped: null,
      },
      {
        name: "REST create (201)",
        isBudgeted: true,
        sides: { landfall: side(2000), baseline: side(1000), grouped: side(3000) },
        toBaseline: around(2),
        toGrouped: around(0.7),
      },
      {
        name: "tRPC list",
        isBudgeted: false,
        sides: { landfall: side(100), baseline: side(1000) },
        toBaseline: around(0.1),
        toGrouped: null,
      },
    ],
    unequal: [],
    memory: { before: { resident: 110, own: 60 }, after: { resident: 190, own: 130 } },
  },
  scale: {
    sizes: [1000, 1_000_000],
    rows: [
      { name: "first page, 100 rows", times: [around(2), around(2.2)] },
      { name: "last page", times: [around(2), around(400)] },
    ],
    memory: [
      { resident: 120, own: 60 },
      { resident: 300, own: 62 },
    ],
  },
  commits: {
    set: [
      { count: 10, files: 30, first: around(4), again: around(3) },
      { count: 10_000, files: 30_000, first: around(400), again: around(300) },
    ],
    retrieve: { most: around(1), fewest: around(1), ratio: around(1.02) },
  },
  writers: {
    modes: [
      { mode: "full, grouped", perSecond: around(12_000), toGroupedFull: around(1) },
      { mode: "full", perSecond: around(3000), toGroupedFull: around(4) },
      { mode: "normal, grouped", perSecond: around(30_000), toGroupedFull: around(0.4) },
      { mode: "normal", perSecond: around(10_000), toGroupedFull: around(1.2) },
    ],
    sync: around(0.5),
  },
  artifacts: {
    uploads: {
      results: [
        { name: "4 chunks", connections: 2, isBudgeted: true, landfall: around(200), baseline: around(250), toBaseline: around(0.8) },
        { name: "no chunks", connections: 1, isBudgeted: false, landfall: around(1), baseline: around(10), toBaseline: around(0.1) },
      ],
      memory: { before: { resident: 110, own: 60 }, after: { resident: 190, own: 130 } },
    },
    assemblies: {
      files: 5000,
      bytes: 10 * 1024 * 1024,
      kinds: [
        { kind: "artifact bundle", total: around(100), steps: [{ step: "join and hash the chunks", took: around(40) }] },
        { kind: "release archive", total: around(300), steps: [{ step: "join and hash the chunks", took: around(50) }] },
      ],
    },
    lookUps: { sizes: [10_000, 1_000_000], rows: [{ name: "by debug id", times: [around(0.5), around(0.6)] }] },
    frames: {
      count: 1000,
      mapBytes: 4 * 1024 * 1024,
      first: { landfall: around(60), baseline: around(40), toBaseline: around(1.5) },
      next: { landfall: around(10), baseline: around(0.5), toBaseline: around(20) },
      parsed: 1,
    },
  },
  starts: { ready: around(900), idle: { resident: 117, own: 58 }, idleWithPages: { resident: 180, own: 95 } },
  pages: {
    sizes: [100, 100_000],
    times: [around(20), around(21)],
    growth: around(1.05),
    memory: { resident: 220, own: 120 },
  },
};
