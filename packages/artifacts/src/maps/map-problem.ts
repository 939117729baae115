const brand = Symbol.for("landfall.artifacts.map-problem");

export type MapProblemCode = "too-large" | "not-a-map" | "damaged";

/** Why something is no source map that can be used, as a sentence for whoever made it. */
export class MapProblem extends Error {
  readonly code: MapProblemCode;
  readonly [brand] = true;

  constructor(code: MapProblemCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "MapProblem";
    this.code = code;
  }
}

/** Whether this is a `MapProblem`, also one from another copy of this module. */
export function isMapProblem(error: unknown): error is MapProblem {
  return typeof error === "object" && error !== null && brand in error;
}
