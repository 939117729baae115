import type { NearName } from "../urls/nearest-names.ts";
import type { Dist } from "./facts.ts";

/** Why a frame is not shown in its source, with what is known of it. */
type MissFacts =
  | { readonly reason: "no-address" }
  | { readonly reason: "no-position" }
  | { readonly reason: "release-missing" }
  | { readonly reason: "release-unknown"; readonly version: string }
  | { readonly reason: "nothing-uploaded"; readonly version: string }
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

/** The reason of a miss, in words: what is so, and what would mend it. */
export type Miss = MissFacts & { readonly sentence: string; readonly fix: string };
export type MissReason = Miss["reason"];
