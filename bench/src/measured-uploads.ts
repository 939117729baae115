import type { UploadShape } from "./load/upload-request.ts";

/** A way in which clients upload. */
export type MeasuredUpload = UploadShape & {
  readonly name: string;
  readonly connections: number;
  /** Whether the budget of half the baseline's throughput holds for it. */
  readonly isBudgeted: boolean;
};

const KIB = 1024;
const MIB = 1024 * KIB;

/** As sentry-cli and the plugins cut what they upload: chunks of 8 MiB, up to 32 MiB a request, and most bundles are smaller than one. */
export const measuredUploads: readonly MeasuredUpload[] = [
  { name: "4 chunks of 8 MiB", connections: 2, chunks: 4, chunkBytes: 8 * MIB, isPacked: false, isBudgeted: true },
  { name: "4 chunks of 8 MiB, gzip", connections: 2, chunks: 4, chunkBytes: 8 * MIB, isPacked: true, isBudgeted: true },
  { name: "1 chunk of 1 MiB", connections: 8, chunks: 1, chunkBytes: MIB, isPacked: false, isBudgeted: true },
  { name: "1 chunk of 1 MiB, gzip", connections: 8, chunks: 1, chunkBytes: MIB, isPacked: true, isBudgeted: true },
  { name: "64 chunks of 32 KiB", connections: 4, chunks: 64, chunkBytes: 32 * KIB, isPacked: false, isBudgeted: true },
];
