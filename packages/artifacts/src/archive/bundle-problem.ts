const brand = Symbol.for("landfall.artifacts.bundle-problem");

export type BundleProblemCode =
  | "not-a-bundle"
  | "unsupported-version"
  | "truncated"
  | "damaged"
  | "bundle-too-large"
  | "too-many-entries"
  | "directory-too-large"
  | "name-too-long"
  | "unsafe-name"
  | "duplicate-name"
  | "not-a-file"
  | "encrypted"
  | "unsupported-compression"
  | "entry-too-large"
  | "suspicious-ratio"
  | "overlapping-entries"
  | "no-manifest"
  | "bad-manifest"
  | "missing-entry";

/** A problem of an uploaded bundle. The message is shown to the user who uploaded it. `entry` is the name of a file in the bundle, made safe to show. */
export class BundleProblem extends Error {
  readonly code: BundleProblemCode;
  readonly entry: string | null;
  readonly [brand] = true;

  constructor(code: BundleProblemCode, message: string, options: { entry?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "BundleProblem";
    this.code = code;
    this.entry = options.entry === undefined ? null : showName(options.entry);
  }
}

/** Whether an error is a `BundleProblem`, even if a bundler made a second copy of this module. */
export function isBundleProblem(error: unknown): error is BundleProblem {
  return typeof error === "object" && error !== null && brand in error;
}

/** Formats a name from a bundle for a sentence: quoted, with control characters escaped, and cut to 100 characters. */
export function showName(name: string): string {
  const cut = name.length > 100 ? `${name.slice(0, 60)}…${name.slice(-39)}` : name;
  return JSON.stringify(cut).replaceAll(/[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
