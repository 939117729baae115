import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startLoadGenerator } from "../load/load-generator.ts";
import { ratio, type Spread, spread } from "../load/statistics.ts";
import type { DataDirectory } from "../servers/data-directory.ts";
import type { ArtifactsOrder } from "./artifacts-process.ts";
import { type LookUpsResult, measureLookUps } from "./lookups.ts";
import type { Plan } from "./plan.ts";
import { type AssembliesSamples, type Kind, KINDS, type Step, STEPS } from "./run-assemblies.ts";
import type { FramesSamples } from "./run-frames.ts";
import { measureUploads, type UploadsResult } from "./uploads.ts";

export type AssembliesResult = {
  readonly files: number;
  readonly bytes: number;
  /** Milliseconds. */
  readonly kinds: readonly {
    readonly kind: Kind;
    readonly total: Spread;
    readonly steps: readonly { readonly step: Step; readonly took: Spread }[];
  }[];
};

/** Milliseconds of the application and of the library alone, and their ratio. */
type Compared = { readonly landfall: Spread; readonly baseline: Spread; readonly toBaseline: Spread };

export type FramesResult = {
  readonly count: number;
  readonly mapBytes: number;
  /** The first trace, which parses the map, and the next one. */
  readonly first: Compared;
  readonly next: Compared;
  /** How often the map was read for both, at most. */
  readonly parsed: number;
};

export type ArtifactsResult = {
  readonly uploads: UploadsResult;
  readonly assemblies: AssembliesResult;
  readonly lookUps: LookUpsResult;
  readonly frames: FramesResult;
};

/** Measures uploads, assemblies, lookups, and resolving. */
export async function measureArtifacts(
  empty: DataDirectory,
  { uploads, assemblies, lookUps, frames }: Plan["artifacts"],
  onProgress: (text: string) => void,
): Promise<ArtifactsResult> {
  const generator = startLoadGenerator();
  try {
    return {
      uploads: await measureUploads(empty, { generator, plan: uploads, onProgress }),
      assemblies: await measureAssemblies(empty, assemblies, onProgress),
      lookUps: await measureLookUps(empty, { plan: lookUps, onProgress }),
      frames: await measureFrames(empty, frames, onProgress),
    };
  } finally {
    generator.close();
  }
}

async function measureAssemblies(
  empty: DataDirectory,
  { files, repeats }: Plan["artifacts"]["assemblies"],
  onProgress: (text: string) => void,
): Promise<AssembliesResult> {
  onProgress(`assembling archives of ${files.toLocaleString("en-US")} files`);
  const { bytes, kinds }: AssembliesSamples = await onCopy(empty, ({ path, file, organization, token }) => ({
    assemblies: { data: { path, file, organization, token }, files, repeats },
  }));
  return {
    files,
    bytes,
    kinds: KINDS.map((kind) => ({
      kind,
      total: spread(kinds[kind].total),
      steps: STEPS.map((step) => ({ step, took: spread(kinds[kind].steps[step]) })),
    })),
  };
}

async function measureFrames(
  empty: DataDirectory,
  { count, repeats }: Plan["artifacts"]["frames"],
  onProgress: (text: string) => void,
): Promise<FramesResult> {
  onProgress(`resolving ${count.toLocaleString("en-US")} frames`);
  const { mapBytes, landfall, baseline, parsed }: FramesSamples = await onCopy(empty, ({ path, file, organization, ownerToken }) => ({
    frames: { data: { path, file, organization, token: ownerToken }, count, repeats },
  }));
  const compared = (times: "first" | "next"): Compared => ({
    landfall: spread(landfall[times]),
    baseline: spread(baseline[times]),
    toBaseline: ratio(landfall[times], baseline[times]),
  });
  return { count, mapBytes, first: compared("first"), next: compared("next"), parsed };
}

/** Runs an order in a separate process, on a copy of the data. */
async function onCopy<Samples>(empty: DataDirectory, order: (data: DataDirectory) => ArtifactsOrder): Promise<Samples> {
  const data = empty.copy();
  try {
    const file = fileURLToPath(new URL("./artifacts-process.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [file, JSON.stringify(order(data))]);
    return JSON.parse(stdout);
  } finally {
    data.remove();
  }
}
