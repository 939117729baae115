import type { UploadShape } from "../load/upload-request.ts";

/** How long and how often to measure. Rounds are short and many, so that each compares measurements of the same moment. */
export type Plan = {
  readonly throughput: { readonly connections: number; readonly warmUpSeconds: number; readonly rounds: number; readonly seconds: number };
  /** Numbers of releases for the lists, ascending. */
  readonly sizes: readonly number[];
  /** Numbers of releases for the releases page. */
  readonly pageSizes: readonly [number, number];
  /** How often and how long to read each list, whichever ends first. */
  readonly scale: { readonly rounds: number; readonly milliseconds: number };
  readonly commits: { readonly counts: readonly number[]; readonly repeats: number; readonly reads: number };
  readonly writers: { readonly writers: number; readonly rounds: number; readonly seconds: number };
  readonly artifacts: {
    readonly uploads: {
      readonly shapes: readonly MeasuredUpload[];
      readonly warmUpSeconds: number;
      readonly rounds: number;
      readonly seconds: number;
    };
    /** Files per archive, and how often one is assembled. */
    readonly assemblies: { readonly files: number; readonly repeats: number };
    /** Numbers of files, and how often one is looked up. */
    readonly lookUps: { readonly sizes: readonly number[]; readonly times: Plan["scale"] };
    /** Frames of one map, and how often they are resolved. */
    readonly frames: { readonly count: number; readonly repeats: number };
  };
  /** How often to start a server. */
  readonly starts: number;
};

const KIB = 1024;
const MIB = 1024 * KIB;

/** Like sentry-cli and the plugins: chunks of 8 MiB, up to 32 MiB per request; most bundles are smaller than one chunk. */
export const measuredUploads: readonly MeasuredUpload[] = [
  { name: "4 chunks of 8 MiB", connections: 2, chunks: 4, chunkBytes: 8 * MIB, isPacked: false, isBudgeted: true },
  { name: "4 chunks of 8 MiB, gzip", connections: 2, chunks: 4, chunkBytes: 8 * MIB, isPacked: true, isBudgeted: true },
  { name: "1 chunk of 1 MiB", connections: 8, chunks: 1, chunkBytes: MIB, isPacked: false, isBudgeted: true },
  { name: "1 chunk of 1 MiB, gzip", connections: 8, chunks: 1, chunkBytes: MIB, isPacked: true, isBudgeted: true },
  { name: "64 chunks of 32 KiB", connections: 4, chunks: 64, chunkBytes: 32 * KIB, isPacked: false, isBudgeted: true },
];

/** About a minute: a smoke test with rough figures. */
export const QUICK: Plan = {
  throughput: { connections: 16, warmUpSeconds: 0.2, rounds: 4, seconds: 0.15 },
  sizes: [1000, 20_000],
  pageSizes: [100, 100_000],
  scale: { rounds: 30, milliseconds: 250 },
  commits: { counts: [10, 1000, 10_000], repeats: 2, reads: 60 },
  writers: { writers: 16, rounds: 3, seconds: 0.25 },
  artifacts: {
    uploads: { shapes: measuredUploads, warmUpSeconds: 0.1, rounds: 2, seconds: 0.15 },
    assemblies: { files: 5000, repeats: 1 },
    lookUps: { sizes: [10_000, 30_000], times: { rounds: 60, milliseconds: 250 } },
    frames: { count: 1000, repeats: 2 },
  },
  starts: 2,
};

/** Less than ten minutes: the measurements for the budgets. */
export const FULL: Plan = {
  throughput: { connections: 16, warmUpSeconds: 1, rounds: 15, seconds: 0.5 },
  sizes: [1000, 100_000, 1_000_000],
  pageSizes: [100, 100_000],
  scale: { rounds: 300, milliseconds: 2500 },
  commits: { counts: [10, 1000, 10_000], repeats: 5, reads: 500 },
  writers: { writers: 16, rounds: 7, seconds: 1 },
  artifacts: {
    uploads: { shapes: measuredUploads, warmUpSeconds: 0.5, rounds: 7, seconds: 1 },
    assemblies: { files: 5000, repeats: 7 },
    lookUps: { sizes: [10_000, 1_000_000], times: { rounds: 500, milliseconds: 3000 } },
    frames: { count: 1000, repeats: 9 },
  },
  starts: 5,
};

/** A kind of upload by clients. */
type MeasuredUpload = UploadShape & {
  readonly name: string;
  readonly connections: number;
  /** Whether the budget of half the baseline's throughput applies. */
  readonly isBudgeted: boolean;
};
