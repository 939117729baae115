import { bySize } from "./by-size.ts";
import type { ArtifactsResult, AssembliesResult, FramesResult } from "./measure/artifacts.ts";
import type { UploadsResult } from "./measure/uploads.ts";
import { figure, range, table } from "./table.ts";

const MIB = 1024 * 1024;

/** Everything that was measured of artifacts. */
export function artifactsPart({ uploads, assemblies, lookUps, frames }: ArtifactsResult): string {
  const { heading, lines } = bySize("look-up, milliseconds, of so many files", lookUps.sizes, lookUps.rows);
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
    "Chunks nobody sent before. The baseline writes the same chunks to as many files, makes both sums of each and forces them onto the disk;",
    `it reads no form, knows no access and keeps no record. Memory of the server, MiB: ${figure(before.resident)} at the start, ${figure(after.resident)} after the uploads.`,
  ];
  return [table(["upload, MiB a second", "connections", "Landfall", "baseline", "ratio"], rows), ...notes].join("\n");
}

function assembliesPart({ files, bytes, kinds }: AssembliesResult): string {
  const [first] = kinds;
  const steps = (first?.steps ?? []).map(({ step }, index) => [step, ...kinds.map((kind) => rangeAt(kind.steps, index))]);
  const heading = [
    `put ${files.toLocaleString("en-US")} files (${figure(bytes / MIB)} MiB) together, milliseconds`,
    ...kinds.map(({ kind }) => kind),
  ];
  return table(heading, [["all of it", ...kinds.map(({ total }) => range(total))], ...steps]);
}

const rangeAt = (steps: AssembliesResult["kinds"][number]["steps"], index: number): string => {
  const step = steps[index];
  return step ? range(step.took) : "–";
};

function framesPart({ count, mapBytes, first, next, parsed }: FramesResult): string {
  const heading = [
    `resolve ${count.toLocaleString("en-US")} frames of a map of ${figure(mapBytes / MIB)} MiB, milliseconds`,
    "Landfall",
    "trace-mapping alone",
    "ratio",
  ];
  const rows = [
    ["the first trace", range(first.landfall), range(first.baseline), range(first.toBaseline)],
    ["the next one", range(next.landfall), range(next.baseline), range(next.toBaseline)],
  ];
  return `${table(heading, rows)}\nThe map was read and parsed ${parsed === 1 ? "once" : `${parsed} times`} for both. Landfall reads the trace, finds the files and shows the lines around each place.`;
}
