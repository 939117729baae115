import type { MapReference } from "../map-reference.ts";
import type { Resolution } from "../maps/resolve-position.ts";
import type { NearName } from "../urls.ts";

/** A dist of a release; null for files that were uploaded without a dist. */
export type Dist = string | null;

/** The facts about a frame that were found while it was resolved. Those of later steps are null if an earlier step failed. */
export interface FrameFacts {
  readonly frame: {
    readonly absPath: string | null;
    readonly line: number | null;
    readonly column: number | null;
    readonly debugId: string | null;
  };
  /** The release of the event; null if the event has none. */
  readonly release: ReleaseFacts | null;
  /** The minified file, if it was found. */
  readonly script: ScriptFacts | null;
  /** The uploaded scripts that match the frame's URL, if none of them is certainly its file. */
  readonly similar: SimilarFacts | null;
  readonly map: MapFacts | null;
  readonly resolution: Resolution | null;
}

export interface ReleaseFacts {
  readonly version: string;
  readonly dist: Dist;
  /** Whether the release exists, or files were uploaded for its version. */
  readonly isKnown: boolean;
  /** All dists that files were uploaded for. */
  readonly dists: readonly Dist[];
  /** Those of `dists` that have the file of the frame. */
  readonly distsWithFile: readonly Dist[];
  /** Names that were uploaded for this release and dist, at least those that are similar or lack a slash. */
  readonly names: readonly string[];
  /** Similar names of the project's files that are found by debug id only. */
  readonly namesByDebugId: readonly string[];
  /** Names of some scripts that were uploaded for this release and dist, and whether there are more. */
  readonly scripts: { readonly names: readonly string[]; readonly hasMore: boolean };
}

export interface SimilarFacts {
  readonly names: readonly string[];
  /** Whether they were uploaded without a release, so that they can be of any build. */
  readonly isUnversioned: boolean;
}

export interface ScriptFacts {
  readonly name: string;
  readonly foundBy: "debug-id" | "name" | "match";
  readonly debugId: string | null;
  readonly reference: MapReference | null;
}

export type MapFacts =
  | {
      readonly state: "missing";
      /** The name that was looked up; null if only the debug id was known. */
      readonly name: string | null;
      readonly names: readonly string[];
    }
  | {
      readonly state: "unreadable";
      readonly name: string | null;
      /** The message of the `MapProblem` or `BundleProblem`. */
      readonly problem: string;
    }
  | { readonly state: "read"; readonly name: string | null; readonly debugId: string | null };

/** Why the source of a frame is not shown, with the related facts. */
type MissFacts =
  | { readonly reason: "no-address" }
  | { readonly reason: "no-position" }
  | { readonly reason: "release-missing" }
  | { readonly reason: "release-unknown"; readonly version: string }
  | { readonly reason: "nothing-uploaded"; readonly version: string }
  | { readonly reason: "ambiguous"; readonly wanted: string; readonly near: readonly NearName[] }
  | { readonly reason: "debug-id-unknown"; readonly debugId: string }
  | { readonly reason: "debug-id-not-injected"; readonly near: readonly NearName[] }
  | { readonly reason: "dist-differs"; readonly dist: Dist; readonly dists: readonly Dist[] }
  | {
      readonly reason: "path-differs";
      readonly wanted: string;
      readonly near: readonly NearName[];
      readonly wantedPrefix: string;
      readonly uploadedPrefix: string;
    }
  | { readonly reason: "other-build"; readonly wanted: string; readonly near: readonly NearName[] }
  | { readonly reason: "file-missing"; readonly wanted: string }
  | { readonly reason: "map-reference-missing"; readonly script: string }
  | { readonly reason: "map-missing"; readonly script: string; readonly map: string | null; readonly near: readonly NearName[] }
  | { readonly reason: "map-unreadable"; readonly map: string | null; readonly problem: string }
  | { readonly reason: "map-of-other-build"; readonly script: string; readonly scriptDebugId: string; readonly mapDebugId: string }
  | { readonly reason: "position-outside"; readonly line: number; readonly column: number | null }
  | { readonly reason: "position-unmapped"; readonly line: number; readonly column: number | null }
  | { readonly reason: "no-sources-content"; readonly source: string };

/** The reason of a miss, with a sentence for its cause and one for the fix. */
export type Miss = MissFacts & { readonly sentence: string; readonly fix: string };
