import { type SemverKey, semverKey } from "../versions/compare-versions.ts";
import { acceptedReleaseText } from "../versions/release-text.ts";
import { safeInteger } from "../versions/safe-integer.ts";
import { splitPackage } from "../versions/split-package.ts";
import { parseVersionGrammar } from "../versions/version-grammar.ts";
import type { Comparison, VersionTerm } from "./release-query.ts";
import { QueryError } from "./search-error.ts";
import type { QueryFilter } from "./search-filter.ts";

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
