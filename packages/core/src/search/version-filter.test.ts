import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SemverKey } from "../versions/compare-versions.ts";
import { semverColumns } from "../versions/semver-columns.ts";
import { parseReleaseQuery } from "./parse-release-query.ts";
import { QueryError } from "./search-error.ts";

const now = new Date("2024-03-15T12:00:00Z");

const compare = (operator: string, bound: SemverKey, rest: { negated?: boolean; package?: string } = {}) => [
  { kind: "version", negated: false, package: null, match: { form: "compare", operator, bound }, ...rest },
];

const leading = (numbers: number[], rest: { negated?: boolean; package?: string } = {}) => [
  { kind: "version", negated: false, package: null, match: { form: "leading", numbers }, ...rest },
];

describe("release.version:", () => {
  it.each([
    ["release.version:1.2.3", compare("=", [1, 2, 3, 0, 1, ""])],
    ["release.version:>1.2.3", compare(">", [1, 2, 3, 0, 1, ""])],
    ["release.version:>=1.2", compare(">=", [1, 2, 0, 0, 1, ""])],
    ["release.version:<1", compare("<", [1, 0, 0, 0, 1, ""])],
    ["release.version:<=1.2.3.4", compare("<=", [1, 2, 3, 4, 1, ""])],
    ["release.version:!=1.2.3", compare("=", [1, 2, 3, 0, 1, ""], { negated: true })],
    ["!release.version:1.2.3", compare("=", [1, 2, 3, 0, 1, ""], { negated: true })],
    ["!release.version:>1.2.3", compare(">", [1, 2, 3, 0, 1, ""], { negated: true })],
    ["release.version:1.2.3-beta", compare("=", [1, 2, 3, 0, 0, "beta"])],
    ["release.version:>=1.0rc1", compare(">=", [1, 0, 0, 0, 0, "rc1"])],
    ["release.version:1.2.3-", compare("=", [1, 2, 3, 0, 1, ""])],
    ["release.version:1.2.3+4", compare("=", [1, 2, 3, 0, 1, ""])],
    ["release.version:01.02", compare("=", [1, 2, 0, 0, 1, ""])],
    ["release.version:>=test@1.2.3", compare(">=", [1, 2, 3, 0, 1, ""], { package: "test" })],
    ["release.version:@scope@1", compare("=", [1, 0, 0, 0, 1, ""], { package: "@scope" })],
    ['release.version:>"my app@1.0"', compare(">", [1, 0, 0, 0, 1, ""], { package: "my app" })],
    ["release.version:>=202105050906", compare(">=", [202_105_050_906, 0, 0, 0, 1, ""])],
    ["release.version:9007199254740991", compare("=", [Number.MAX_SAFE_INTEGER, 0, 0, 0, 1, ""])],
    ["release.version:1.*", leading([1])],
    ["release.version:1.X", leading([1])],
    ["release.version:1.2.*", leading([1, 2])],
    ["release.version:1.2.3.*", leading([1, 2, 3])],
    ["release.version:1.*.*", leading([1])],
    ["release.version:*", leading([])],
    ["release.version:>=1.2.*", leading([1, 2])],
    ["!release.version:1.2.*", leading([1, 2], { negated: true })],
    ["release.version:test@1.*", leading([1], { package: "test" })],
    ["release.version:test@*", leading([], { package: "test" })],
  ])("%s", (query, expected) => {
    expect(parseReleaseQuery(query, now)).toEqual(expected);
  });

  it.each([
    ["L28", "1.2.hi"],
    ["a word", "hello"],
    ["latest", "latest"],
    ["a prefixed v", "v1.2.3"],
    ["five numbers", "1.2.3.4.5"],
    ["a wildcard after four numbers", "1.2.3.4.*"],
    ["five parts with wildcards", "1.2.3.*.*"],
    ["a number after a wildcard", "1.*.3"],
    ["a wildcard within a number", "1.2*"],
    ["a pre-release of a wildcard", "1.*-a"],
    ["a small x", "1.x"],
    ["a letter after one number", "1a1"],
    ["no version after the package", "test@"],
    ["two packages", "a@b@1.0"],
    ["a text in quotes", '"1.2.3 4"'],
    ["an empty text in quotes", '""'],
    ["a negative number", "-1"],
    ["a slash", "a/b@1.0"],
    ["a number that no column holds", "9007199254740992"],
    ["such a number before a wildcard", "9007199254740992.*"],
    ["more than 200 bytes", `1.0-${"a".repeat(200)}`],
    ["an unclosed bracket", ">[1"],
  ])("refuses %s", (_name, value) => {
    const message = 'Invalid format of semantic version. For searching non-semver releases, use "release:" instead.';
    expect(() => parseReleaseQuery(`release.version:${value}`, now)).toThrow(new QueryError(message));
  });

  it.each(["release.version:[1.2.3,1.2.4]", "!release.version:[1.2.3]"])("refuses the list of %s", (query) => {
    expect(() => parseReleaseQuery(query, now)).toThrow(new QueryError("Invalid operation 'IN' for semantic version filter."));
  });

  it("reads every semver release's own name as the key it is stored under", () => {
    const number = fc.oneof(fc.nat(9), fc.maxSafeNat()).map(String);
    const release = fc
      .tuple(fc.array(number, { minLength: 1, maxLength: 4 }), fc.constantFrom("", "-rc1", "-", "-1.x", "+7", "-a+b.c"))
      .map(([numbers, rest]) => `app@${numbers.join(".")}${rest}`)
      // Digits of a hash's length are no version in a name, but a number in a search.
      .filter((name) => semverColumns(name).package !== null);
    fc.assert(
      fc.property(release, (name) => {
        const { major, minor, patch, revision, prerelease } = semverColumns(name);
        const bound = [major, minor, patch, revision, prerelease === "" ? 1 : 0, prerelease];
        expect(parseReleaseQuery(`release.version:${name}`, now)).toEqual([
          { kind: "version", negated: false, package: "app", match: { form: "compare", operator: "=", bound } },
        ]);
      }),
      { numRuns: 300 },
    );
  });
});
