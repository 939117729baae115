import type { JsonBounds } from "../json/json-excess.ts";

/** Bounds on a source map that is read into memory. */
export interface MapLimits {
  /** The JSON, in bytes. */
  readonly bytes: number;
  /** All `mappings` together, in characters: a segment takes 4 to 10 of them, and about 100 bytes of memory. */
  readonly mappings: number;
  /** Lines of the generated file that a map may speak of. */
  readonly lines: number;
  readonly sections: number;
  /** What the JSON becomes when it is parsed: most values are sources and names. */
  readonly json: JsonBounds;
}

export const mapLimits: MapLimits = {
  bytes: 128 * 1024 * 1024,
  mappings: 24 * 1024 * 1024,
  lines: 2_000_000,
  sections: 20_000,
  json: { depth: 64, values: 5_000_000 },
};
