import type { MapReference } from "../debug-ids/map-reference.ts";
import type { Resolution } from "../maps/resolve-position.ts";

/** A dist of a release, null for files that were uploaded for none. */
export type Dist = string | null;

/** What was found out about one frame while it was resolved. Later facts are null when an earlier step already failed. */
export interface FrameFacts {
  readonly frame: {
    readonly absPath: string | null;
    readonly line: number | null;
    readonly column: number | null;
    readonly debugId: string | null;
  };
  /** The release that the event names; null when it names none. */
  readonly release: ReleaseFacts | null;
  /** The minified file, when it was found. */
  readonly script: ScriptFacts | null;
  readonly map: MapFacts | null;
  readonly resolution: Resolution | null;
}

export interface ReleaseFacts {
  readonly version: string;
  readonly dist: Dist;
  /** Whether there is such a release, or files were uploaded for the version. */
  readonly isKnown: boolean;
  /** Every dist that files were uploaded for. Empty when none were. */
  readonly dists: readonly Dist[];
  /** Those of `dists` that have the file this frame asks for. */
  readonly distsWithFile: readonly Dist[];
  /** Names that were uploaded for this release and dist; those that might be near, or lack a slash, are enough. */
  readonly names: readonly string[];
  /** Names of the project's files that are found by debug id alone, as far as they might be near. */
  readonly namesByDebugId: readonly string[];
}

export interface ScriptFacts {
  readonly name: string;
  readonly foundBy: "debug-id" | "name";
  readonly debugId: string | null;
  readonly reference: MapReference | null;
}

export type MapFacts =
  | {
      readonly state: "missing";
      /** The name it was looked for by; null when only its debug id was known. */ readonly name: string | null;
      readonly names: readonly string[];
    }
  | {
      readonly state: "unreadable";
      readonly name: string | null;
      /** What `MapProblem` or `BundleProblem` says. */ readonly problem: string;
    }
  | { readonly state: "read"; readonly name: string | null; readonly debugId: string | null };
