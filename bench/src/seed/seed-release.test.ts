import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seedRelease, sha, sortableValues, versionAt } from "./seed-release.ts";

describe("sha", () => {
  it("returns forty hex digits, unique per index", () => {
    const index = fc.integer({ min: 0, max: 2 ** 31 });
    fc.assert(
      fc.property(index, index, (one, other) => {
        expect(sha(one)).toMatch(/^[0-9a-f]{40}$/);
        expect(sha(one) === sha(other)).toBe(one === other);
      }),
    );
  });
});

describe("versionAt", () => {
  it("is different for each of many releases", () => {
    const versions = Array.from({ length: 30_000 }, (_, index) => versionAt("web", index));
    expect(new Set(versions).size).toBe(versions.length);
  });

  it.each([
    [0, "web@1.0.0+0"],
    [3, "web@1.0.3-rc.3+3"],
    [7, sha(7)],
    [50, "web@1.0.50-hotfix+50"],
    [123_456, "web@13.34.56+123456"],
  ])("of the release %d is %s", (index, version) => {
    expect(versionAt("web", index)).toBe(version);
  });

  it("increases with time, in the order of its columns", () => {
    const numbers = [0, 99, 100, 9_999, 10_000, 999_999].map((index) => sortableValues(versionAt("web", index)).slice(1, 4));
    const inOrder = numbers.toSorted((a, b) => Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1]) || Number(a[2]) - Number(b[2]));
    expect(numbers).toEqual(inOrder);
  });
});

describe("sortableValues", () => {
  it.each([
    ["web@1.2.3+7", ["web", 1, 2, 3, 0, 1, "", "7", 7]],
    ["web@1.2.3-rc.1+7", ["web", 1, 2, 3, 0, 0, "rc.1", "7", 7]],
    [sha(1), [null, null, null, null, null, null, null, null, null]],
  ])("of %s are what the application stores", (version, values) => {
    expect(sortableValues(version)).toEqual(values);
  });
});

describe("seedRelease", () => {
  it("is created a minute after the previous one; every second one is finalized", () => {
    const [first, second] = [seedRelease(1, 0, "a"), seedRelease(2, 1, "b", true)];
    expect(second.created - first.created).toBe(60_000);
    expect([first.released, second.released]).toEqual([first.created + 60_000, null]);
    expect([first.isArchived, second.isArchived]).toEqual([false, true]);
  });
});
