import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compareSemver,
  compareSemverKeys,
  followsSemver,
  semverColumns,
  semverKey,
  type SemverOrder,
  type SemverRelease,
} from "./semver.ts";

const none = {
  package: null,
  major: null,
  minor: null,
  patch: null,
  revision: null,
  prerelease: null,
  buildCode: null,
  buildNumber: null,
};

const columns = (name: string, numbers: [number, number, number, number], rest: Partial<SemverRelease> = {}): SemverRelease => {
  const [major, minor, patch, revision] = numbers;
  return { package: name, major, minor, patch, revision, prerelease: "", buildCode: null, buildNumber: null, ...rest };
};

describe("semverColumns", () => {
  it.each([
    [
      "E28: a long build number",
      "org.example.FooApp@1.0rc1+20200101100",
      columns("org.example.FooApp", [1, 0, 0, 0], { prerelease: "rc1", buildCode: "20200101100", buildNumber: 20_200_101_100 }),
    ],
    [
      "E28: a build that is not a number",
      "org.example.FooApp@1.0rc1+whatever",
      columns("org.example.FooApp", [1, 0, 0, 0], { prerelease: "rc1", buildCode: "whatever" }),
    ],
    [
      "E28: a negative build",
      "org.example.FooApp@1.0rc1+-2020",
      columns("org.example.FooApp", [1, 0, 0, 0], { prerelease: "rc1", buildCode: "-2020" }),
    ],
    [
      "E28: no pre-release",
      "org.example.FooApp@1.0+2020",
      columns("org.example.FooApp", [1, 0, 0, 0], { buildCode: "2020", buildNumber: 2020 }),
    ],
    ["four numbers with leading zeros", "foo@01.02.003.4", columns("foo", [1, 2, 3, 4])],
    ["a build with leading zeros", "foo@1+007", columns("foo", [1, 0, 0, 0], { buildCode: "007", buildNumber: 7 })],
    ["a dotted build", "foo@1+1.2", columns("foo", [1, 0, 0, 0], { buildCode: "1.2" })],
    ["only the dash of a pre-release", "foo@1.0-", columns("foo", [1, 0, 0, 0])],
    ["zero", "foo@0.0.0+0", columns("foo", [0, 0, 0, 0], { buildCode: "0", buildNumber: 0 })],
    ["a date with time in microseconds", "foo@1+20210505090610352", columns("foo", [1, 0, 0, 0], { buildCode: "20210505090610352" })],
    ["epoch microseconds", "foo@1.1620205570352561", columns("foo", [1, 1_620_205_570_352_561, 0, 0])],
    ["the largest number", "foo@1.9007199254740991", columns("foo", [1, Number.MAX_SAFE_INTEGER, 0, 0])],
    [
      "the largest build",
      "foo@1+9007199254740991",
      columns("foo", [1, 0, 0, 0], { buildCode: "9007199254740991", buildNumber: Number.MAX_SAFE_INTEGER }),
    ],
    ["one more keeps only the text", "foo@1+9007199254740992", columns("foo", [1, 0, 0, 0], { buildCode: "9007199254740992" })],
  ])("%s", (_name, release, expected) => {
    expect(semverColumns(release)).toEqual(expected);
  });

  it.each([
    ["E29: free text", "hello world"],
    ["a bare version", "1.2.3"],
    ["a hash", "foo@0123456789ab"],
    ["a package without a version in the grammar", "foo@v1.2.3"],
    ["a name that the parser rejects", "latest"],
    ["a major beyond 2^53 - 1", "foo@9007199254740992.0"],
    ["a minor beyond it", "foo@1.9007199254740992"],
    ["a patch beyond it", "foo@1.0.9223372036854775807"],
    ["a revision beyond 2^63 - 1", "foo@1.0.0.9223372036854775808"],
  ])("all null: %s", (_name, release) => {
    expect(semverColumns(release)).toEqual(none);
  });

  it("returns a new object each time", () => {
    expect(semverColumns("x")).not.toBe(semverColumns("x"));
  });
});

const order = (version: string): SemverOrder => {
  const columns = semverColumns(`app@${version}`);
  if (columns.package === null) throw new Error(`not semver: ${version}`);
  return columns;
};

// Small numbers and few pre-releases, so that equal prefixes are common.
const anyOrder: fc.Arbitrary<SemverOrder> = fc.record({
  major: fc.oneof(fc.nat(2), fc.constant(Number.MAX_SAFE_INTEGER)),
  minor: fc.nat(2),
  patch: fc.nat(2),
  revision: fc.nat(1),
  prerelease: fc.constantFrom("", "alpha", "beta", "rc1", "rc10", "rc2", "-", "A"),
});

describe("compareSemver", () => {
  it.each([
    ["1.2.3", "1.2.4"],
    ["1.2.9", "1.2.10"],
    ["1.9.9", "1.10.0"],
    ["1.99.99.99", "2.0.0"],
    ["1.2.3", "1.2.3.1"],
    ["1.2.3-alpha", "1.2.3-beta"],
    ["1.2.3-beta", "1.2.3"],
    ["1.2.2", "1.2.3-alpha"],
    ["1.0rc10", "1.0rc2"],
    ["1.0-1", "1.0-a"],
    ["1.0-A", "1.0-a"],
    ["1.0-a", "1.0-a-"],
    ["9007199254740990.0", "9007199254740991.0"],
  ])("%s is older than %s", (older, newer) => {
    expect(compareSemver(order(older), order(newer))).toBeLessThan(0);
    expect(compareSemver(order(newer), order(older))).toBeGreaterThan(0);
  });

  it.each([
    ["missing parts are zero", "1", "1.0.0.0"],
    ["leading zeros do not count", "01.2", "1.02"],
    ["builds do not count", "1.0+1", "1.0+2"],
    ["a dash alone is not a pre-release", "1.0-", "1.0"],
  ])("%s: %s and %s are equal", (_name, left, right) => {
    expect(compareSemver(order(left), order(right))).toBe(0);
  });

  it("does not compare packages", () => {
    const [left, right] = [semverColumns("zoo@1.0"), semverColumns("app@2.0")];
    if (left.package === null || right.package === null) throw new Error("both are semver");
    expect(compareSemver(left, right)).toBeLessThan(0);
  });

  it("is a total order: antisymmetric, transitive, and 0 only for equal versions", () => {
    fc.assert(
      fc.property(anyOrder, anyOrder, anyOrder, (a, b, c) => {
        const sign = (left: SemverOrder, right: SemverOrder) => Math.sign(compareSemver(left, right));
        expect(sign(a, a)).toBe(0);
        expect(sign(a, b) + sign(b, a)).toBe(0);
        expect(sign(a, b) === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
        const [first, second, third] = [a, b, c].toSorted(compareSemver);
        if (first === undefined || second === undefined || third === undefined) throw new Error("a list of three is sorted to three");
        expect([sign(first, second), sign(second, third), sign(first, third)]).not.toContain(1);
      }),
      { numRuns: 2000 },
    );
  });

  it("sorts a list independently of its order", () => {
    fc.assert(
      fc.property(fc.array(anyOrder, { maxLength: 12 }), (versions) => {
        expect(versions.toReversed().toSorted(compareSemver)).toEqual(versions.toSorted(compareSemver));
      }),
    );
  });
});

describe("semverKey", () => {
  it.each([
    ["1.2.3.4", [1, 2, 3, 4, 1, ""]],
    ["1.2-rc1", [1, 2, 0, 0, 0, "rc1"]],
  ])("%s", (version, expected) => {
    expect(semverKey(order(version))).toEqual(expected);
  });

  it("orders as the versions do", () => {
    fc.assert(
      fc.property(anyOrder, anyOrder, (a, b) => {
        expect(compareSemverKeys(semverKey(a), semverKey(b))).toBe(compareSemver(a, b));
      }),
    );
  });
});

/** Newest first, `s` for a semver release and `-` for any other. */
const releases = (text: string): boolean[] => text.split("").map((letter) => letter === "s");

describe("followsSemver", () => {
  it.each([
    ["none", "", false],
    ["one", "s", true],
    ["one", "-", false],
    ["two: the newest decides", "s-", true],
    ["two: the newest decides", "-s", false],
    ["three: any of them", "--s", true],
    ["three", "---", false],
    ["nine: any of the newest three", "--s------", true],
    ["nine: older ones do not count", "---ssssss", false],
    ["ten: three of them, one of those new", "s-------ss", true],
    ["ten: three of them, one of those new", "--ss-----s", true],
    ["ten: only two", "ss--------", false],
    ["ten: three and more, but none new", "---sssssss", false],
    ["the eleventh is ignored", "ss--------s", false],
    ["the eleventh is ignored", "sss-------------------", true],
  ])("%s: %s", (_name, text, expected) => {
    expect(followsSemver(releases(text))).toBe(expected);
  });

  it("is monotonic in the number of semver releases", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 14 }), fc.nat(13), (newestFirst, index) => {
        const more = newestFirst.map((isSemver, position) => isSemver || position === index);
        expect(Number(followsSemver(more))).toBeGreaterThanOrEqual(Number(followsSemver(newestFirst)));
      }),
    );
  });
});
