import type { SemverKey } from "../versions/semver.ts";

/** The operator of a filter; `!=` is `=` with `negated`. */
export type Comparison = "=" | ">" | ">=" | "<" | "<=";

/** Versions that contain `value` or, unless it is null, `alsoContains`; case-insensitive. */
export type TextTerm = { kind: "text"; value: string; alsoContains: string | null };

/** Versions that equal, start with, end with, or contain `value`, or are one of `values`; case-sensitive. */
export type ReleaseTerm = {
  kind: "release";
  negated: boolean;
  match: { form: "exact" | "prefix" | "suffix" | "infix"; value: string } | { form: "in"; values: readonly string[] };
};

/** The latest release of each project (contract 13.4). */
type LatestTerm = { kind: "latest"; negated: boolean };

/**
 * Semver releases, of one package unless `package` is null. `compare` compares the key of the release with `bound` in the order of
 * contract 13.3; `leading` requires that its first numbers are `numbers` (empty: any semver release).
 */
export type VersionTerm = {
  kind: "version";
  negated: boolean;
  package: string | null;
  match: { form: "compare"; operator: Comparison; bound: SemverKey } | { form: "leading"; numbers: readonly number[] };
};

/** Semver releases whose package is one of `values`. */
type PackageTerm = { kind: "package"; negated: boolean; values: readonly string[] };

/** Semver releases by build: `number` compares `buildNumber`; `exact` and `prefix` compare `buildCode`, case-sensitively. */
export type BuildTerm = {
  kind: "build";
  negated: boolean;
  match: { form: "number"; operator: Comparison; value: number } | { form: "exact" | "prefix"; value: string };
};

export type ReleaseStage = "adopted" | "low_adoption" | "replaced";

/** Releases whose stage in the selected environment is one of `values`. */
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
 * A parsed query. A release must match every term. A `negated` term matches exactly the releases that the term would not match otherwise,
 * so releases that are not semver match a negated version, package, or build (contract 15.3).
 */
export type ReleaseQuery = readonly QueryTerm[];

const brand = Symbol.for("landfall.QueryError");

/** Why a query or date range is invalid, for code that gives advice. `value` is a value that its key does not accept. */
export type QueryErrorReason =
  | "unknown_key"
  | "value"
  | "empty_list_value"
  | "quote"
  | "boolean_operator"
  | "characters"
  | "too_long"
  | "too_many_filters"
  | "date_range";

/**
 * An invalid query or date range. Its message is the text of the wire: REST responds with 400 `{"detail": message}` (contract 1.19, 15.1,
 * 15.3).
 */
export class QueryError extends Error {
  readonly [brand] = true;
  override readonly name = "QueryError";
  readonly reason: QueryErrorReason;
  /** The key in question, for `unknown_key` and `value`. */
  readonly key: string | null;

  constructor(message: string, reason: QueryErrorReason, key: string | null = null) {
    super(message);
    this.reason = reason;
    this.key = key;
  }
}

/** Returns whether a thrown value is a `QueryError`. Checks its brand, because `instanceof` fails across two bundles. */
export const isQueryError = (error: unknown): error is QueryError => typeof error === "object" && error !== null && brand in error;
