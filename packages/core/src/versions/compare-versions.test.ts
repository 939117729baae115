import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareSemver, compareSemverKeys, type SemverOrder, semverKey } from "./compare-versions.ts";
import { semverColumns } from "./semver-columns.ts";

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
    ["a lone dash is no pre-release", "1.0-", "1.0"],
  ])("%s: %s and %s are equal", (_name, left, right) => {
    expect(compareSemver(order(left), order(right))).toBe(0);
  });

  it("does not compare packages", () => {
    const [left, right] = [semverColumns("zoo@1.0"), semverColumns("app@2.0")];
    if (left.package === null || right.package === null) throw new Error("both are semver");
    expect(compareSemver(left, right)).toBeLessThan(0);
  });

  it("is a total order: antisymmetric, transitive, and 0 only for the same version", () => {
    fc.assert(
      fc.property(anyOrder, anyOrder, anyOrder, (a, b, c) => {
        const sign = (left: SemverOrder, right: SemverOrder) => Math.sign(compareSemver(left, right));
        expect(sign(a, a)).toBe(0);
        expect(sign(a, b) + sign(b, a)).toBe(0);
        expect(sign(a, b) === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
        const [first, second, third] = [a, b, c].toSorted(compareSemver);
        if (first === undefined || second === undefined || third === undefined) throw new Error("three stay three");
        expect([sign(first, second), sign(second, third), sign(first, third)]).not.toContain(1);
      }),
      { numRuns: 2000 },
    );
  });

  it("sorts any list the same, whatever order it came in", () => {
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
