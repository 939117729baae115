import type { Spread } from "../load/statistics.ts";
import type { ArtifactsResult, AssembliesResult, FramesResult } from "../measure/artifacts.ts";
import type { CommitsResult } from "../measure/commits.ts";
import type { PagesResult } from "../measure/pages.ts";
import type { ScaleResult, ScaleRow } from "../measure/scale.ts";
import type { StartsResult } from "../measure/starts.ts";
import type { SideResult, ThroughputResult } from "../measure/throughput.ts";
import type { UploadsResult } from "../measure/uploads.ts";
import type { WritersResult } from "../measure/writers.ts";
import type { Memory } from "../servers/child-server.ts";
import { type Budget, growth } from "./budgets.ts";
import type { Machine, Report } from "./report.ts";
import { figure, range, type Row, table } from "./table.ts";

/** Formats a report: a table for each part, and the budgets last. */
export function printedReport(report: Report, budgetResults: readonly Budget[]): string {
  const { machine, throughput, scale, commits, writers, artifacts, starts, pages } = report;
  const parts = [
    machineLine(machine),
    throughput && throughputPart(throughput, report.plan.throughput.connections),
    scale && scalePart(scale),
    commits && commitsPart(commits),
    writers && writersPart(writers, report.plan.writers.writers),
    artifacts && artifactsPart(artifacts),
    starts && startsPart(starts),
    pages !== undefined && pagesPart(pages),
    throughput && `Memory, MiB (private): ${memory(throughput.memory.before)} at start, ${memory(throughput.memory.after)} after the load.`,
    budgetResults.length > 0 ? budgetsPart(budgetResults) : undefined,
  ];
  return `${parts.filter((part) => part !== undefined && part !== false).join("\n\n")}\n`;
}

const machineLine = ({ processors, memoryGibibytes, system, node, date, loadBefore }: Machine): string =>
  `${processors}, ${memoryGibibytes} GiB, ${system}, Node ${node}, ${date}, load before ${loadBefore}`;

const memory = ({ resident, own }: Memory): string => `${figure(resident)} (${figure(own)})`;

function throughputPart({ results, unequal }: NonNullable<Report["throughput"]>, connections: number): string {
  const heading = ["requests per second", "Landfall", "baseline", "ratio", "baseline, grouped", "ratio", "CPU µs", "baseline", "ratio"];
  const rows = results.map((result) => throughputRow(result));
  const warnings = unequal.map(({ name, onlyLandfall, onlyBaseline }) => {
    const lines = [...new Set(onlyLandfall)].map((text) => `  only Landfall: ${text}`);
    return [
      `${name}: the baseline runs different statements, so the ratio is not meaningful.`,
      ...lines,
      ...[...new Set(onlyBaseline)].map((text) => `  only the baseline: ${text}`),
    ];
  });
  const notes = [
    `${connections} connections. Median of the rounds (minimum–maximum); ratios per round. The baseline commits each request separately;`,
    "grouped, it uses group commit like Landfall. CPU: the CPU time per request, compared with the baseline that commits in the same way.",
  ];
  return [table(heading, rows), ...notes, ...warnings.flat()].join("\n");
}

function throughputRow({ name, sides, toBaseline, toGrouped }: ThroughputResult): string[] {
  const rate = (side: SideResult | undefined) => (side ? range(side.perSecond) : "–");
  const { landfall, baseline, grouped } = sides;
  const [cost, other] = [landfall?.processor ?? Number.NaN, (grouped ?? baseline)?.processor ?? Number.NaN];
  const costs = [figure(cost), figure(other), figure(other / cost)];
  return [name, rate(landfall), rate(baseline), range(toBaseline), rate(grouped), toGrouped ? range(toGrouped) : "–", ...costs];
}

function scalePart({ sizes, rows, memory: used }: ScaleResult): string {
  const { heading, lines } = bySize("milliseconds, by number of releases", sizes, rows);
  return table(heading, [...lines, ["memory after the first page, MiB (private)", ...used.map(memory)]]);
}

function commitsPart({ set, retrieve }: CommitsResult): string {
  const rows = set.map(({ count, files, first, again }) => [
    `set ${count.toLocaleString("en-US")} commits, ${files.toLocaleString("en-US")} files`,
    range(first),
    range(again),
  ]);
  const { most, fewest, ratio } = retrieve;
  const line = `Retrieve the release with the most commits ${range(most)} ms, with the fewest ${range(fewest)} ms, ratio ${range(ratio)}.`;
  return `${table(["milliseconds", "first time", "again"], rows)}\n${line}`;
}

function writersPart({ modes, sync }: WritersResult, writers: number): string {
  const rows = modes.map(({ mode, perSecond, toGroupedFull }) => [mode, range(perSecond), range(toGroupedFull)]);
  return `${table([`transactions per second, ${writers} writers`, "measured", "full, grouped relative to this"], rows)}\n${diskLine(sync, writers)}`;
}

/** The upper bound: a group of this many writers waits for the disk once. */
const diskLine = (sync: Spread, writers: number): string =>
  `Syncing 4 KiB to this disk takes ${range(sync)} ms, so ${writers} concurrent writers reach at most ${figure((writers / sync.median) * 1000)} transactions per second.`;

function startsPart({ ready, idle, idleWithPages }: StartsResult): string {
  const pages = idleWithPages
    ? ` With pages, after reading them: ${memory(idleWithPages)} MiB.`
    : " Pages not measured, because they are not built.";
  return `From process start to ready: ${range(ready)} ms. Memory, idle, without pages: ${memory(idle)} MiB (private).${pages}`;
}

function pagesPart(pages: PagesResult | null): string {
  if (!pages) return "Pages not measured, because they are not built.";
  const [small, large] = pages.sizes.map((size) => size.toLocaleString("en-US"));
  const [ofSmall, ofLarge] = pages.times.map(range);
  return (
    `HTML of the releases page: ${ofSmall} ms with ${small} releases, ${ofLarge} ms with ${large}, ratio ${range(pages.growth)}. ` +
    `Memory, idle, after all main pages: ${memory(pages.memory)} MiB.`
  );
}

function budgetsPart(budgetResults: readonly Budget[]): string {
  return table(
    ["budget", "limit", "measured", ""],
    budgetResults.map(({ what, limit, measured, isMet }) => [what, limit, measured, isMet ? "met" : "MISSED"]),
  );
}

const MIB = 1024 * 1024;

/** Formats all measurements of artifacts. */
function artifactsPart({ uploads, assemblies, lookUps, frames }: ArtifactsResult): string {
  const { heading, lines } = bySize("lookup, milliseconds, by number of files", lookUps.sizes, lookUps.rows);
  return [uploadsPart(uploads), assembliesPart(assemblies), table(heading, lines), framesPart(frames)].join("\n\n");
}

function uploadsPart({ results, memory: { before, after } }: UploadsResult): string {
  const rows = results.map(({ name, connections, landfall, baseline, toBaseline }) => [
    name,
    String(connections),
    range(landfall),
    range(baseline),
    range(toBaseline),
  ]);
  const notes = [
    "New chunks. The baseline writes the same chunks to the same number of files, computes both checksums of each, and syncs them;",
    `it parses no form, checks no access, and stores no record. Memory of the server, MiB: ${figure(before.resident)} at start, ${figure(after.resident)} after the uploads.`,
  ];
  return [table(["upload, MiB per second", "connections", "Landfall", "baseline", "ratio"], rows), ...notes].join("\n");
}

function assembliesPart({ files, bytes, kinds }: AssembliesResult): string {
  const [first] = kinds;
  const steps = (first?.steps ?? []).map(({ step }, index) => [step, ...kinds.map((kind) => rangeAt(kind.steps, index))]);
  const heading = [
    `assemble ${files.toLocaleString("en-US")} files (${figure(bytes / MIB)} MiB), milliseconds`,
    ...kinds.map(({ kind }) => kind),
  ];
  return table(heading, [["total", ...kinds.map(({ total }) => range(total))], ...steps]);
}

const rangeAt = (steps: AssembliesResult["kinds"][number]["steps"], index: number): string => {
  const step = steps[index];
  return step ? range(step.took) : "–";
};

function framesPart({ count, mapBytes, first, next, parsed }: FramesResult): string {
  const heading = [
    `resolve ${count.toLocaleString("en-US")} frames with a map of ${figure(mapBytes / MIB)} MiB, milliseconds`,
    "Landfall",
    "trace-mapping alone",
    "ratio",
  ];
  const rows = [
    ["first trace", range(first.landfall), range(first.baseline), range(first.toBaseline)],
    ["next trace", range(next.landfall), range(next.baseline), range(next.toBaseline)],
  ];
  return `${table(heading, rows)}\nThe map was read and parsed ${parsed === 1 ? "once" : `${parsed} times`} for both. Landfall also parses the trace, finds the files, and reads the source lines around each position.`;
}

/** Returns the heading and the rows of a table with a column per size. */
const bySize = (what: string, sizes: readonly number[], rows: readonly ScaleRow[]): { heading: Row; lines: readonly Row[] } => ({
  heading: [what, ...sizes.map((size) => size.toLocaleString("en-US")), "last/first"],
  lines: rows.map((row) => [row.name, ...row.times.map(range), figure(growth(row))]),
});
