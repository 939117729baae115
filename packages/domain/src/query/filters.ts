import { parseVersionGrammar, safeInteger, splitPackage } from "../versions/grammar.ts";
import { acceptedReleaseText } from "../versions/parse-version.ts";
import { type SemverKey, semverKey } from "../versions/semver.ts";
import { type Instant, instantAgo, isStorableInstant, parseInstant } from "./dates.ts";
import {
  type Comparison,
  type DateBound,
  QueryError,
  type QueryTerm,
  type ReleaseStage,
  type ReleaseTerm,
  type VersionTerm,
} from "./release-query.ts";
import type { FilterValue } from "./tokenize-query.ts";

/** A `key:value` term as written, with `!` and `!=` folded into `negated`. */
export type FilterToken = { key: string; negated: boolean; operator: Comparison; value: FilterValue };

/** One key of the search language. */
export interface QueryFilter {
  /** Whether `>`, `>=`, `<`, `<=`, `=` and `!=` before the value compare; for other keys they are part of the value. */
  readonly takesOperator: boolean;
  /** The term that a token of this key stands for, or null when it filters nothing. Throws a `SearchError` for a value it refuses. */
  term(token: FilterToken, now: Date): QueryTerm | null;
}

const releaseMatch = (value: FilterValue): ReleaseTerm["match"] => {
  if (value.form === "list") return { form: "in", values: value.values };
  const { text, opensWithStar, closesWithStar } = value;
  // A lone star is both the first and the last character, and can only be cut off once.
  if (opensWithStar && closesWithStar && text.length > 1) return { form: "infix", value: text.slice(1, -1) };
  if (closesWithStar) return { form: "prefix", value: text.slice(0, -1) };
  return opensWithStar ? { form: "suffix", value: text.slice(1) } : { form: "exact", value: text };
};

/**
 * `release:X` — the whole version, with case; `X*`, `*X` and `*X*` are prefix, suffix and infix, a star elsewhere or escaped is an
 * ordinary character; `[a,b]` is any of them; `latest` is the latest release of each project (contract 15.3, 13.4).
 */
export const releaseFilter: QueryFilter = {
  takesOperator: false,
  term: ({ negated, value }) =>
    value.form === "single" && value.text === "latest"
      ? { kind: "latest", negated }
      : { kind: "release", negated, match: releaseMatch(value) },
};

/** Zero to three numbers and then only wildcards, as in `1.2.*` and `1.X`. */
const wildcardVersion = /^((?:[0-9]+\.){0,3})[*X](?:\.[*X]){0,3}$/;

const leadingNumbers = (text: string): number[] | null => {
  const match = wildcardVersion.exec(text);
  if (match === null || text.split(".").length > 4) return null;
  const numbers = (match[1] ?? "").split(".").slice(0, -1).map(safeInteger);
  return numbers.every((number) => number !== null) ? numbers : null;
};

const boundOf = (text: string): SemverKey | null => {
  const version = parseVersionGrammar(text);
  if (version === null) return null;
  const major = safeInteger(version.major);
  const minor = safeInteger(version.minor);
  const patch = safeInteger(version.patch);
  const revision = safeInteger(version.revision);
  if (major === null || minor === null || patch === null || revision === null) return null;
  return semverKey({ major, minor, patch, revision, prerelease: version.pre ?? "" });
};

const versionMatch = (text: string, operator: Comparison): VersionTerm["match"] | null => {
  const bound = boundOf(text);
  if (bound !== null) return { form: "compare", operator, bound };
  const numbers = leadingNumbers(text);
  return numbers === null ? null : { form: "leading", numbers };
};

/**
 * `release.version:[package@]1[.2[.3[.4]]][-pre]` with an operator, or leading numbers and a wildcard as in `1.2.*` and `1.X`, where
 * the operator does not count (contract 15.3). Missing numbers are 0, no pre-release is the final version, `+build` is ignored. Unlike
 * in the name of a release, digits of a hash's length are a number here. A version whose numbers are too large to be stored as
 * semver is refused as any that is not semver.
 */
export const versionFilter: QueryFilter = {
  takesOperator: true,
  term: ({ negated, operator, value }) => {
    if (value.form === "list") throw new QueryError("Invalid operation 'IN' for semantic version filter.");
    const { package: name, raw } = splitPackage(acceptedReleaseText(value.text) ?? "");
    const match = versionMatch(raw, operator);
    if (match === null) {
      throw new QueryError('Invalid format of semantic version. For searching non-semver releases, use "release:" instead.');
    }
    return { kind: "version", negated, package: name, match };
  },
};

/** `release.package:X` — semver releases of exactly that package, or of any in `[a,b]`; stars are ordinary characters (contract 15.3). */
export const packageFilter: QueryFilter = {
  takesOperator: false,
  term: ({ negated, value }) => ({ kind: "package", negated, values: value.form === "list" ? value.values : [value.text] }),
};

/**
 * `release.build:` — digits compare the build number with the operator; any other text is compared with the build code, as a prefix
 * when it ends in a star or is empty, else whole, and the operator does not count (contract 15.3). Digits above 2^53 - 1 are text
 * too, because the stored build number of such a release is null and its build code is not.
 */
export const buildFilter: QueryFilter = {
  takesOperator: true,
  term: ({ negated, operator, value }) => {
    if (value.form === "list") {
      throw new QueryError("release.build takes one value, not a list: use a number with an operator, a build code, or a prefix and *.");
    }
    const { text, closesWithStar } = value;
    const number = /^[0-9]+$/.test(text) ? safeInteger(text) : null;
    if (number !== null) return { kind: "build", negated, match: { form: "number", operator, value: number } };
    const isPrefix = closesWithStar || text === "";
    const code = closesWithStar ? text.slice(0, -1) : text;
    return { kind: "build", negated, match: { form: isPrefix ? "prefix" : "exact", value: code } };
  },
};

/**
 * What a list answers when `release.stage` is searched for and not exactly one environment is chosen (contract 15.3). The query alone
 * cannot tell; whoever knows the environments throws it as a `SearchError`.
 */
export const singleEnvironmentMessage = "Choose a single environment to filter by release stage.";

const stages: readonly ReleaseStage[] = ["adopted", "low_adoption", "replaced"];

const stageOf = (text: string): ReleaseStage => {
  const stage = stages.find((name) => name === text);
  if (stage === undefined) throw new QueryError("Unsupported release.stage value.");
  return stage;
};

/** `release.stage:adopted`, `low_adoption` or `replaced`, or a list of them (contract 15.3). */
export const stageFilter: QueryFilter = {
  takesOperator: false,
  term: ({ negated, value }) => ({
    kind: "stage",
    negated,
    values: value.form === "list" ? value.values.map(stageOf) : [stageOf(value.text)],
  }),
};

/** `finalized:true` or `finalized:false`; any other value filters nothing and is no error (contract 15.3). */
export const finalizedFilter: QueryFilter = {
  takesOperator: false,
  term: ({ negated, value }) => {
    if (value.form === "list" || (value.text !== "true" && value.text !== "false")) return null;
    return { kind: "finalized", value: (value.text === "true") !== negated };
  },
};

const agePattern = /^([+-])(\d+[smhdw])$/;

type Range = { from: DateBound | null; to: DateBound | null };

/** `-7d` is "at most seven days old" and `+7d` "at least"; both count the moment itself. */
const ageRange = (text: string, now: Date): Range | null => {
  const match = agePattern.exec(text);
  const at = match === null ? null : instantAgo(match[2] ?? "", now);
  if (match === null || at === null) return null;
  const bound = { at, inclusive: true };
  return match[1] === "-" ? { from: bound, to: null } : { from: null, to: bound };
};

/** A bare day is its 24 hours; a date with a time is that millisecond. */
const equalRange = ({ at, isDay }: Instant): Range => {
  const from = { at, inclusive: true };
  if (!isDay) return { from, to: from };
  const nextDay = new Date(at.getTime() + 86_400_000);
  return { from, to: isStorableInstant(nextDay) ? { at: nextDay, inclusive: false } : null };
};

const dateRange = (text: string, operator: Comparison): Range | null => {
  const instant = parseInstant(text);
  if (instant === null) return null;
  if (operator === "=") return equalRange(instant);
  const bound = { at: instant.at, inclusive: operator === ">=" || operator === "<=" };
  return operator.startsWith(">") ? { from: bound, to: null } : { from: null, to: bound };
};

/**
 * `release.created:` — an ISO 8601 date with an operator, a date alone (that day or that moment), or an age: `-7d` for releases of the
 * last seven days, `+7d` for older ones; units s, m, h, d, w (contract 15.3). Compared with dateCreated.
 */
export const createdFilter: QueryFilter = {
  takesOperator: true,
  term: ({ negated, operator, value }, now) => {
    const text = value.form === "list" ? `[${value.values.join(",")}]` : value.text;
    const range = dateRange(text, operator) ?? (operator === "=" ? ageRange(text, now) : null);
    if (range === null) {
      throw new QueryError(
        `Invalid date after 'release.created:': '${text}'. Use an ISO 8601 date such as >2024-01-31 or >=2024-01-31T08:00Z, or an age such as -7d or +7d.`,
      );
    }
    return { kind: "created", negated, ...range };
  },
};
