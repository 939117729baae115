import type { JsonBounds } from "../json-excess.ts";

/** Bounds on what an uploaded bundle may ask of the machine that reads it. Sizes are bytes. */
export interface BundleLimits {
  /** The bundle itself. Clients are told the same figure as `maxFileSize`. */
  readonly bundle: number;
  readonly entries: number;
  /** The list of entries at the end of the ZIP, which is held in memory. */
  readonly directory: number;
  /** One entry's name, as stored. */
  readonly name: number;
  /** One entry, unpacked. */
  readonly entry: number;
  /** All entries, unpacked. */
  readonly total: number;
  /** Unpacked bytes per packed byte. Deflate can reach 1,032; source maps reach about 10. */
  readonly ratio: number;
  /** Entries smaller than this may have any ratio: they cost nothing, and repetitive small files are common. */
  readonly ratioFrom: number;
  readonly manifest: number;
  /** What the manifest becomes when it is parsed. Clients write some ten values a file. */
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

/** A size for a sentence: "8 MiB", "512 bytes". */
export function showSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const [divisor, unit] = bytes < MiB ? [1024, "KiB"] : bytes < 1024 * MiB ? [MiB, "MiB"] : [1024 * MiB, "GiB"];
  return `${Number((bytes / divisor).toFixed(1))} ${unit}`;
}
