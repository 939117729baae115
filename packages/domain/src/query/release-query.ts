import type { SemverKey } from "../versions/semver.ts";

/** How a filter compares; `!=` is `=` with `negated`. */
export type Comparison = "=" | ">" | ">=" | "<" | "<=";

/** Versions that contain `value` or, where it is not null, `alsoContains`; upper and lower case are the same. */
export type TextTerm = { kind: "text"; value: string; alsoContains: string | null };

/** The whole version, compared with case: equal to, beginning with, ending with or containing `value`, or one of `values`. */
export type ReleaseTerm = {
  kind: "release";
  negated: boolean;
  match: { form: "exact" | "prefix" | "suffix" | "infix"; value: string } | { form: "in"; values: readonly string[] };
};

/** The latest release of each project (contract 13.4). */
type LatestTerm = { kind: "latest"; negated: boolean };

/**
 * Semver releases, of one package unless `package` is null. `compare` sets the release's key against `bound` in the order of
 * contract 13.3; `leading` asks that its first numbers are `numbers` (none: any semver release will do).
 */
export type VersionTerm = {
  kind: "version";
  negated: boolean;
  package: string | null;
  match: { form: "compare"; operator: Comparison; bound: SemverKey } | { form: "leading"; numbers: readonly number[] };
};

/** Semver releases whose package is one of `values`. */
type PackageTerm = { kind: "package"; negated: boolean; values: readonly string[] };

/** Semver releases by build: `number` compares `buildNumber`; `exact` and `prefix` compare the text of `buildCode`, with case. */
export type BuildTerm = {
  kind: "build";
  negated: boolean;
  match: { form: "number"; operator: Comparison; value: number } | { form: "exact" | "prefix"; value: string };
};

export type ReleaseStage = "adopted" | "low_adoption" | "replaced";

/** Releases whose adoption in the one chosen environment is in one of `values`. */
type StageTerm = { kind: "stage"; negated: boolean; values: readonly ReleaseStage[] };

/** Releases with (`value`) or without a `dateReleased`. */
type FinalizedTerm = { kind: "finalized"; value: boolean };

export type DateBound = { at: Date; inclusive: boolean };

/** Releases created after `from` and before `to`; at least one of them is set. */
export type CreatedTerm = { kind: "created"; negated: boolean; from: DateBound | null; to: DateBound | null };

export type QueryTerm =
  | TextTerm
  | ReleaseTerm
  | LatestTerm
  | VersionTerm
  | PackageTerm
  | BuildTerm
  | StageTerm
  | FinalizedTerm
  | CreatedTerm;

/**
 * A parsed search: a release is found when it matches every term. A `negated` term is matched by exactly those releases that do not
 * match it otherwise, so releases that are not semver match a negated version, package or build (contract 15.3).
 */
export type ReleaseQuery = readonly QueryTerm[];

const brand = Symbol.for("landfall.SearchError");

/**
 * A search or a date range that the caller wrote wrongly. Its message is the text of the wire: REST answers it as
 * 400 `{"detail": message}` (contract 1.19, 15.1, 15.3).
 */
export class QueryError extends Error {
  readonly [brand] = true;
  override readonly name = "SearchError";
}

/** Whether something thrown is a `SearchError`, told by its brand because `instanceof` fails across two bundles. */
export const isQueryError = (error: unknown): error is QueryError => typeof error === "object" && error !== null && brand in error;
