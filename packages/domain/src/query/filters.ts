import { DAY } from "../durations.ts";
import { parseVersionGrammar, safeInteger, splitPackage } from "../versions/grammar.ts";
import { acceptedReleaseText } from "../versions/parse-version.ts";
import { semverKeyOf } from "../versions/semver.ts";
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

/** A `key:value` term; `!` and `!=` are folded into `negated`. */
export type FilterToken = { key: string; negated: boolean; operator: Comparison; value: FilterValue };

/** One key of the query language. */
export interface QueryFilter {
  /** Whether `>`, `>=`, `<`, `<=`, `=`, and `!=` before the value are operators; for other keys they are part of the value. */
  readonly takesOperator: boolean;
  /**
   * Returns the term of a token, or null if it filters nothing.
   *
   * @throws QueryError for an invalid value
   */
  term(token: FilterToken, now: Date): QueryTerm | null;
}

const releaseMatch = (value: FilterValue): ReleaseTerm["match"] => {
  if (value.form === "list") return { form: "in", values: value.values };
  const { text, startsWithStar, endsWithStar } = value;
  // A single star is both the first and the last character, but can be removed only once.
  if (startsWithStar && endsWithStar && text.length > 1) return { form: "infix", value: text.slice(1, -1) };
  if (endsWithStar) return { form: "prefix", value: text.slice(0, -1) };
  return startsWithStar ? { form: "suffix", value: text.slice(1) } : { form: "exact", value: text };
};

/**
 * `release:X` matches the whole version, case-sensitively; `X*`, `*X`, and `*X*` match a prefix, suffix, and infix. A star elsewhere or
 * escaped is an ordinary character. `[a,b]` matches any of the versions, `latest` the latest release of each project (contract 15.3, 13.4).
 */
export const releaseFilter: QueryFilter = {
  takesOperator: false,
  term: ({ negated, value }) =>
    value.form === "single" && value.text === "latest"
      ? { kind: "latest", negated }
      : { kind: "release", negated, match: releaseMatch(value) },
};

/** Zero to three numbers followed by wildcards only, as in `1.2.*` and `1.X`. */
const wildcardVersion = /^((?:[0-9]+\.){0,3})[*X](?:\.[*X]){0,3}$/;

const leadingNumbers = (text: string): number[] | null => {
  const match = wildcardVersion.exec(text);
  if (match === null || text.split(".").length > 4) return null;
  const numbers = (match[1] ?? "").split(".").slice(0, -1).map(safeInteger);
  return numbers.every((number) => number !== null) ? numbers : null;
};

const versionMatch = (text: string, operator: Comparison): VersionTerm["match"] | null => {
  const version = parseVersionGrammar(text);
  const bound = version && semverKeyOf(version);
  if (bound !== null) return { form: "compare", operator, bound };
  const numbers = leadingNumbers(text);
  return numbers === null ? null : { form: "leading", numbers };
};

/**
 * `release.version:[package@]1[.2[.3[.4]]][-pre]` with an operator, or leading numbers and a wildcard as in `1.2.*` and `1.X`, which ignore
 * the operator (contract 15.3). Missing numbers are 0, a missing pre-release means the final version, and `+build` is ignored. Unlike in the
 * name of a release, digits with the length of a hash are a number here. A version whose numbers are too large to be stored as semver is
 * invalid, like any other text that is not semver.
 */
export const versionFilter: QueryFilter = {
  takesOperator: true,
  term: ({ negated, operator, value }) => {
    if (value.form === "list") {
      throw new QueryError("Invalid operation 'IN' for semantic version filter.", "value", "release.version");
    }
    const { package: name, raw } = splitPackage(acceptedReleaseText(value.text) ?? "");
    const match = versionMatch(raw, operator);
    if (match === null) {
      throw new QueryError(
        'Invalid format of semantic version. For searching non-semver releases, use "release:" instead.',
        "value",
        "release.version",
      );
    }
    return { kind: "version", negated, package: name, match };
  },
};

/** `release.package:X` matches semver releases of exactly that package, or of any in `[a,b]`. Stars are ordinary characters (contract 15.3). */
export const packageFilter: QueryFilter = {
  takesOperator: false,
  term: ({ negated, value }) => ({ kind: "package", negated, values: value.form === "list" ? value.values : [value.text] }),
};

/**
 * `release.build:` compares digits with the build number by the operator. Any other text is compared with the build code: as a prefix if it
 * ends in a star or is empty, else in full; the operator is ignored (contract 15.3). Digits above 2^53 - 1 count as text, because such a
 * release is stored without a build number, but with its build code.
 */
export const buildFilter: QueryFilter = {
  takesOperator: true,
  term: ({ negated, operator, value }) => {
    if (value.form === "list") {
      throw new QueryError(
        "release.build takes one value, not a list: use a number with an operator, a build code, or a prefix and *.",
        "value",
        "release.build",
      );
    }
    const { text, endsWithStar } = value;
    const number = /^[0-9]+$/.test(text) ? safeInteger(text) : null;
    if (number !== null) return { kind: "build", negated, match: { form: "number", operator, value: number } };
    const isPrefix = endsWithStar || text === "";
    const code = endsWithStar ? text.slice(0, -1) : text;
    return { kind: "build", negated, match: { form: isPrefix ? "prefix" : "exact", value: code } };
  },
};

/**
 * The message of a list for `release.stage` without exactly one selected environment (contract 15.3). The parser does not know the
 * environments, so its caller checks this.
 */
export const singleEnvironmentMessage = "Choose a single environment to filter by release stage.";

const stages: readonly ReleaseStage[] = ["adopted", "low_adoption", "replaced"];

const stageOf = (text: string): ReleaseStage => {
  const stage = stages.find((name) => name === text);
  if (stage === undefined) throw new QueryError("Unsupported release.stage value.", "value", "release.stage");
  return stage;
};

/** `release.stage:` takes `adopted`, `low_adoption`, or `replaced`, or a list of them (contract 15.3). */
export const stageFilter: QueryFilter = {
  takesOperator: false,
  term: ({ negated, value }) => ({
    kind: "stage",
    negated,
    values: value.form === "list" ? value.values.map(stageOf) : [stageOf(value.text)],
  }),
};

/** `finalized:` takes `true` or `false`. Any other value filters nothing and is not an error (contract 15.3). */
export const finalizedFilter: QueryFilter = {
  takesOperator: false,
  term: ({ negated, value }) => {
    if (value.form === "list" || (value.text !== "true" && value.text !== "false")) return null;
    return { kind: "finalized", value: (value.text === "true") !== negated };
  },
};

const agePattern = /^([+-])(\d+[smhdw])$/;

type Range = { from: DateBound | null; to: DateBound | null };

/** `-7d` means "at most seven days old" and `+7d` "at least"; both include the moment itself. */
const ageRange = (text: string, now: Date): Range | null => {
  const match = agePattern.exec(text);
  const at = match === null ? null : instantAgo(match[2] ?? "", now);
  if (match === null || at === null) return null;
  const bound = { at, inclusive: true };
  return match[1] === "-" ? { from: bound, to: null } : { from: null, to: bound };
};

/** A day without a time means its 24 hours; a date with a time means that millisecond. */
const equalRange = ({ at, isDay }: Instant): Range => {
  const from = { at, inclusive: true };
  if (!isDay) return { from, to: from };
  const nextDay = new Date(at.getTime() + DAY);
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
 * `release.created:` compares dateCreated with an ISO 8601 date with an operator, a date alone (that day or that moment), or an age: `-7d`
 * for releases of the last seven days, `+7d` for older ones; units s, m, h, d, w (contract 15.3).
 */
export const createdFilter: QueryFilter = {
  takesOperator: true,
  term: ({ negated, operator, value }, now) => {
    const text = value.form === "list" ? `[${value.values.join(",")}]` : value.text;
    const range = dateRange(text, operator) ?? (operator === "=" ? ageRange(text, now) : null);
    if (range === null) {
      throw new QueryError(
        `Invalid date after 'release.created:': '${text}'. Use an ISO 8601 date such as >2024-01-31 or >=2024-01-31T08:00Z, or an age such as -7d or +7d.`,
        "value",
        "release.created",
      );
    }
    return { kind: "created", negated, ...range };
  },
};
