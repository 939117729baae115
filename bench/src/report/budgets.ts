import type { ScaleRow } from "../measure/scale.ts";
import type { Mode } from "../measure/writers.ts";
import type { Report } from "./report.ts";
import { figure } from "./table.ts";

/** A performance limit of the project and the measured value. */
export type Budget = {
  readonly what: string;
  readonly limit: string;
  readonly measured: string;
  readonly isMet: boolean;
};

/** The factor by which two measurements of the same thing differ; the limit for "not slower". */
const NOISE = 1.2;

/** Returns the budgets of the measured parts. Quick runs use the sizes that they have. */
export function budgets(report: Report): Budget[] {
  return [
    ...throughputBudgets(report),
    ...scaleBudgets(report),
    ...commitBudgets(report),
    ...writerBudgets(report),
    ...artifactBudgets(report),
    ...memoryBudgets(report),
    ...pageBudgets(report),
  ];
}

function throughputBudgets({ throughput }: Report): Budget[] {
  if (!throughput) return [];
  const { results, unequal } = throughput;
  const equal = results.length - unequal.length;
  const statements = {
    what: "requests with the same statements on both servers",
    limit: `= ${results.length}`,
    measured: String(equal),
    isMet: unequal.length === 0,
  };
  const ratios = results
    .filter((result) => result.isBudgeted)
    .flatMap(({ name, toBaseline, toGrouped }) => [
      atLeast(`${name}, relative to the baseline`, 0.5, toBaseline.median),
      ...(toGrouped ? [atLeast(`${name}, relative to the baseline with group commit`, 0.5, toGrouped.median)] : []),
    ]);
  return [statements, ...ratios];
}

function scaleBudgets({ scale }: Report): Budget[] {
  const [first] = scale?.rows ?? [];
  if (!scale || !first) return [];
  const [smallest, largest] = [scale.sizes[0] ?? 0, scale.sizes.at(-1) ?? 0];
  const what = `first page of ${largest.toLocaleString("en-US")} releases, relative to ${smallest.toLocaleString("en-US")}`;
  const own = scale.memory.map((memory) => memory.own);
  const grown = (own.at(-1) ?? Number.NaN) / (own[0] ?? Number.NaN);
  return [
    atMost(what, 1.5, growth(first)),
    ...(Number.isNaN(grown) ? [] : [atMost("memory of these servers, largest relative to smallest", NOISE, grown)]),
  ];
}

/** The time at the largest size relative to the smallest. */
export const growth = ({ times }: ScaleRow): number => (times.at(-1)?.median ?? Number.NaN) / (times[0]?.median ?? Number.NaN);

function commitBudgets({ commits }: Report): Budget[] {
  if (!commits) return [];
  const most = commits.set.at(-1);
  return [
    ...(most
      ? [
          atMost(
            `set-commits of ${most.count.toLocaleString("en-US")} with ${most.files.toLocaleString("en-US")} files, ms`,
            1000,
            most.first.median,
          ),
        ]
      : []),
    atMost("retrieve that release, relative to one with few commits", NOISE, commits.retrieve.ratio.median),
  ];
}

function writerBudgets({ writers, plan }: Report): Budget[] {
  const compared = (mode: Mode) => writers?.modes.find((one) => one.mode === mode)?.toGroupedFull.median;
  const [full, normal] = [compared("full"), compared("normal")];
  const what = `${plan.writers.writers} writers, FULL with group commit`;
  return [
    ...(full === undefined ? [] : [atLeast(`${what}, relative to FULL without`, 3, full)]),
    ...(normal === undefined ? [] : [atLeast(`${what}, relative to NORMAL without`, 1, normal)]),
  ];
}

function artifactBudgets({ artifacts }: Report): Budget[] {
  if (!artifacts) return [];
  const { uploads, lookUps, frames } = artifacts;
  const [smallest, largest] = [lookUps.sizes[0] ?? 0, lookUps.sizes.at(-1) ?? 0];
  const sizes = `${largest.toLocaleString("en-US")} files, relative to ${smallest.toLocaleString("en-US")}`;
  const grown = uploads.memory.after.resident - uploads.memory.before.resident;
  return [
    ...uploads.results
      .filter(({ isBudgeted }) => isBudgeted)
      .map(({ name, toBaseline }) => atLeast(`upload ${name}, relative to the baseline`, 0.5, toBaseline.median)),
    ...(Number.isNaN(grown) ? [] : [atMost("memory growth by uploads, MiB", 128, grown)]),
    ...lookUps.rows.map((row) => atMost(`lookup ${row.name}, ${sizes}`, 1.5, growth(row))),
    atMost("reads of the map for two traces", 1, frames.parsed),
  ];
}

function memoryBudgets({ starts }: Report): Budget[] {
  if (!starts) return [];
  const { idle, idleWithPages } = starts;
  const [what, memory] = idleWithPages
    ? ["memory, idle, after reading pages, MiB", idleWithPages]
    : ["memory, idle, without pages, MiB", idle];
  return Number.isNaN(memory.resident) ? [] : [atMost(what, 256, memory.resident)];
}

function pageBudgets({ pages }: Report): Budget[] {
  if (!pages) return [];
  const [small, large] = pages.sizes.map((size) => size.toLocaleString("en-US"));
  const { resident } = pages.memory;
  return [
    atMost(`HTML of the releases page, ${large} releases relative to ${small}`, 1.5, pages.growth.median),
    ...(Number.isNaN(resident) ? [] : [atMost("memory, idle, after all main pages, MiB", 256, resident)]),
  ];
}

const atLeast = (what: string, limit: number, value: number): Budget => ({
  what,
  limit: `≥ ${limit}`,
  measured: figure(value),
  isMet: value >= limit,
});

const atMost = (what: string, limit: number, value: number): Budget => ({
  what,
  limit: `≤ ${limit}`,
  measured: figure(value),
  isMet: value <= limit,
});
