import { describe, expect, it } from "vitest";
import { compareSemver, compareSemverKeys, semverColumns, semverKey } from "../versions/semver.ts";
import { parseReleaseQuery } from "./parse-release-query.ts";
import { type BuildTerm, type Comparison, QueryError, type QueryTerm, type ReleaseTerm, type VersionTerm } from "./release-query.ts";

// Evaluates terms over names in memory, because the cases of contract 17 are about releases, not about syntax trees.
const now = new Date("2024-03-15T12:00:00Z");

const matchesOperator = (order: number, operator: Comparison): boolean => {
  if (operator === "=") return order === 0;
  return operator.startsWith(">") ? order > 0 || (operator === ">=" && order === 0) : order < 0 || (operator === "<=" && order === 0);
};

const hasName = (version: string, { match }: ReleaseTerm): boolean => {
  if (match.form === "in") return match.values.includes(version);
  if (match.form === "exact") return version === match.value;
  if (match.form === "prefix") return version.startsWith(match.value);
  return match.form === "suffix" ? version.endsWith(match.value) : version.includes(match.value);
};

const hasVersion = (version: string, { match, package: name }: VersionTerm): boolean => {
  const columns = semverColumns(version);
  if (columns.package === null || (name !== null && columns.package !== name)) return false;
  const key = semverKey(columns);
  if (match.form === "leading") return match.numbers.every((number, index) => key[index] === number);
  return matchesOperator(compareSemverKeys(key, match.bound), match.operator);
};

const hasBuild = (version: string, { match }: BuildTerm): boolean => {
  const { buildCode, buildNumber } = semverColumns(version);
  if (match.form === "number") return buildNumber !== null && matchesOperator(buildNumber - match.value, match.operator);
  return buildCode !== null && (match.form === "prefix" ? buildCode.startsWith(match.value) : buildCode === match.value);
};

const hasText = (version: string, text: string | null): boolean => text !== null && version.toLowerCase().includes(text.toLowerCase());

const matches = (version: string, term: QueryTerm): boolean => {
  switch (term.kind) {
    case "text":
      return hasText(version, term.value) || hasText(version, term.alsoContains);
    case "release":
      return hasName(version, term) !== term.negated;
    case "version":
      return hasVersion(version, term) !== term.negated;
    case "package":
      return term.values.includes(semverColumns(version).package ?? "") !== term.negated;
    case "build":
      return hasBuild(version, term) !== term.negated;
    case "latest":
    case "stage":
    case "finalized":
    case "created":
      break;
  }
  throw new Error(`${term.kind} cannot be evaluated by name`);
};

/** Returns the releases that match a query, newest first; `created` is in order of creation. */
const found = (query: string, created: readonly string[]): string[] => {
  const terms = parseReleaseQuery(query, now);
  return created.filter((version) => terms.every((term) => matches(version, term))).toReversed();
};

describe("contract 17, by name", () => {
  const created = ["foobar", "release2"];

  it.each([
    ["L03", "oob", ["foobar"]],
    ["L03", "OOB", ["foobar"]],
    ["L03", "baz", []],
    ["L04", "release:foobar", ["foobar"]],
    ["L04", "release:foo*", ["foobar"]],
    ["L04", "release:[foobar]", ["foobar"]],
    ["L04", "release:baz", []],
    ["L04, with case", "release:Foobar", []],
    ["L05", "release:*oob*", ["foobar"]],
    ["L05", "release:foob*", ["foobar"]],
    ["L05", "release:*bar", ["foobar"]],
    ["L06", "!release:foobar", ["release2"]],
    ["L06", "!release:[foobar,release2]", []],
    ["L06, without the key", "![foobar,release2]", []],
    ["15.3: a word beside a filter", "release:foobar foobar", []],
  ])("%s: %s", (_case, query, expected) => {
    expect(found(query, created)).toEqual(expected);
  });
});

describe("contract 17, by version, package and build", () => {
  const r124 = "test@1.2.4+124";
  const r123 = "test@1.2.3+123";
  const r125 = "test2@1.2.5+125";
  const plain = "some.release";
  const created = [r124, r123, r125, plain];

  it.each([
    ["L07", "release.version:>1.2.3", [r125, r124]],
    ["L08", "release.version:>=1.2.3", [r125, r123, r124]],
    ["L08", "release.version:1.2.*", [r125, r123, r124]],
    ["L09", "release.version:2.2.1", []],
    ["L09", "release.package:test2", [r125]],
    ["L09", "release.package:test", [r123, r124]],
    ["L10", "release.build:>124", [r125]],
    ["L10", "release.build:<125", [r123, r124]],
    ["L23", "release.version:<1.2.4", [r123]],
    ["L23", "release.version:<=1.2.4", [r123, r124]],
    ["L23", "release.version:!=1.2.3", [plain, r125, r124]],
    ["15.3: not semver matches a negated version", "!release.version:1.2.*", [plain]],
    ["15.3: and a negated package", "!release.package:test", [plain, r125]],
    ["15.3: and a negated build", "!release.build:124", [plain, r125, r123]],
    ["15.3: a build code by prefix", "release.build:12*", [r125, r123, r124]],
    ["15.3: two filters", "release.version:>1.2.3 release.package:test", [r124]],
  ])("%s: %s", (_case, query, expected) => {
    expect(found(query, created)).toEqual(expected);
  });

  it("L11: by version, newest first", () => {
    const versions = found("release.version:>=1.2.3", created).map(semverColumns);
    const ordered = versions.filter((columns) => columns.package !== null).toSorted((left, right) => compareSemver(right, left));
    expect(ordered.map(({ major, minor, patch }) => `${major}.${minor}.${patch}`)).toEqual(["1.2.5", "1.2.4", "1.2.3"]);
  });
});

describe("contract 17, pre-releases, wildcards and packages", () => {
  const pre = ["test@1.2.3", "test@1.2.3-beta", "test@1.2.3-alpha"];
  const numbers = ["test@1.0.0.0", "test@1.2.0.0", "test@1.2.3.0", "test@1.2.3.4", "test@2.0.0.0"];

  it.each([
    ["L24", ">=1.2.3", pre, ["test@1.2.3"]],
    ["L24", ">=1.2.3-beta", pre, ["test@1.2.3-beta", "test@1.2.3"]],
    ["L24", "<1.2.3", pre, ["test@1.2.3-alpha", "test@1.2.3-beta"]],
    ["L25", ">1", numbers, ["test@2.0.0.0", "test@1.2.3.4", "test@1.2.3.0", "test@1.2.0.0"]],
    ["L25", ">2", numbers, []],
    ["L26", "1.X", numbers, ["test@1.2.3.4", "test@1.2.3.0", "test@1.2.0.0", "test@1.0.0.0"]],
    ["L26", "1.2.*", numbers, ["test@1.2.3.4", "test@1.2.3.0", "test@1.2.0.0"]],
    ["L26", "1.2.3.*", numbers, ["test@1.2.3.4", "test@1.2.3.0"]],
    ["L26", "2.*", numbers, ["test@2.0.0.0"]],
    ["L27", ">=test@1.2.3", ["test@1.2.3", "test2@1.2.3"], ["test@1.2.3"]],
  ])("%s: release.version:%s", (_case, value, created, expected) => {
    expect(found(`release.version:${value}`, created)).toEqual(expected);
  });

  it("L28: rejects a value that is not a version", () => {
    expect(() => found("release.version:1.2.hi", numbers)).toThrow(QueryError);
  });

  it("15.3: matches a release by its description", () => {
    expect(found("1.0a (20200101100)", ["app@1.0a+20200101100", "app@1.0a+2"])).toEqual(["app@1.0a+20200101100"]);
    expect(found("1.2.1 (123)", ["1.2.1 (123)"])).toEqual(["1.2.1 (123)"]);
  });
});
