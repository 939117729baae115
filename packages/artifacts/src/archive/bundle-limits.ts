import type { JsonBounds } from "../json.ts";

/** Bounds on the resources that reading an uploaded bundle takes. Sizes are in bytes. */
export interface BundleLimits {
  /** The bundle itself. Clients receive the same number as `maxFileSize`. */
  readonly bundle: number;
  readonly entries: number;
  /** The directory at the end of the ZIP, which is read into memory. */
  readonly directory: number;
  /** The name of one entry, as stored. */
  readonly name: number;
  /** One entry, decompressed. */
  readonly entry: number;
  /** All entries, decompressed. */
  readonly total: number;
  /** Decompressed bytes per compressed byte. Deflate can reach 1,032; source maps reach about 10. */
  readonly ratio: number;
  /** Smaller entries may have any ratio, because repetitive small files are common and cheap. */
  readonly ratioFrom: number;
  readonly manifest: number;
  /** The size of the parsed manifest. Clients write about ten values for each file. */
  readonly manifestJson: JsonBounds;
}

const MiB = 1024 * 1024;

export const bundleLimits: BundleLimits = {
  bundle: 2048 * MiB,
  entries: 50_000,
  directory: 32 * MiB,
  name: 2048,
  entry: 512 * MiB,
  total: 8192 * MiB,
  ratio: 300,
  ratioFrom: MiB,
  manifest: 32 * MiB,
  manifestJson: { depth: 32, values: 1_000_000 },
};

/** Formats a size for a sentence: "8 MiB", "512 bytes". */
export function showSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const [divisor, unit] = bytes < MiB ? [1024, "KiB"] : bytes < 1024 * MiB ? [MiB, "MiB"] : [1024 * MiB, "GiB"];
  return `${Number((bytes / divisor).toFixed(1))} ${unit}`;
}
