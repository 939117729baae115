import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLowerVersion, releaseHistory, versionOrder } from "./release-history.ts";

const isLower = (version: string, other: string) => isLowerVersion(versionOrder(version), versionOrder(other));

describe("isLowerVersion", () => {
  test.each([
    ["app@1.0.0", "app@1.0.1"],
    ["app@1.9.0", "app@1.10.0"],
    ["app@1.0.0-rc.1", "app@1.0.0"],
    ["app@1.0.0-rc2", "app@1.0.0-rc10"],
    ["app@1.0.0-alpha", "app@1.0.0-alpha.1"],
    ["app@1.0.0-1", "app@1.0.0-alpha"],
    ["app@1.0.0-alpha", "app@1.0.0-beta"],
    ["app@1.1.0", "app@1.1.0-5-gedf6082"],
    ["app@1.1.0-5-gedf6082", "app@1.1.0-12-g0000001"],
    ["app@1.1.0-12-g0000001-dirty", "app@1.1.1"],
    ["app@1.1.0-rc.1-5-gedf6082", "app@1.1.0-rc.2"],
    ["app@1.1.0-rc.1", "app@1.1.0-rc.1-5-gedf6082"],
    ["@scope/app@1.0.0", "@scope/app@1.1.0"],
    ["1.2.0", "v1.10.0"],
    ["app@2024.1.9", "app@2024.2.0"],
    ["app@99", "app@100"],
  ])("%s is lower than %s", (version, other) => {
    expect([isLower(version, other), isLower(other, version)]).toEqual([true, false]);
  });

  test.each([
    ["app@1.0.0+1", "app@1.0.0+2"],
    ["app@1.0", "app@1.0.0"],
    ["app@2024.1.0", "app@1.0.0"],
    ["app@4711", "app@1.0.0"],
    ["app@0123456789ab", "app@1.0.0"],
    ["main", "1.0.0"],
    ["latest", "app@1.0.0"],
    ["app@99999999999999999999.0.0", "app@1.0.0"],
  ])("%s and %s are equal or have no order", (version, other) => {
    expect([isLower(version, other), isLower(other, version)]).toEqual([false, false]);
  });

  test("orders any versions strictly, and never throws", () => {
    const version = fc.string({ unit: fc.constantFrom(..."012rcv.-+@ "), maxLength: 12 });
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(isLower(a, a)).toBe(false);
        expect(isLower(a, b) && isLower(b, a)).toBe(false);
        if (isLower(a, b) && isLower(b, c)) expect(isLower(a, c)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

const lineOf = (...versions: readonly string[]) => versions.map((version) => ({ version, order: versionOrder(version) }));
const historyOf = (line: ReturnType<typeof lineOf>, version: string) => {
  const release = line.find((one) => one.version === version);
  return release ? releaseHistory(line, release) : [];
};

describe("releaseHistory", () => {
  const line = lineOf("1.0.0", "2.0.0", "1.0.1", "0123456789ab", "2.1.0", "1.1.0", "1.0.2");

  test.each([
    ["1.0.0", "1.0.0"],
    ["2.0.0", "1.0.0 2.0.0"],
    ["1.0.1", "1.0.0 1.0.1"],
    ["0123456789ab", "1.0.0 2.0.0 0123456789ab"],
    ["2.1.0", "1.0.0 2.0.0 0123456789ab 2.1.0"],
    ["1.1.0", "1.0.0 1.0.1 0123456789ab 1.1.0"],
    ["1.0.2", "1.0.0 1.0.1 0123456789ab 1.0.2"],
  ])("of %s", (version, expected) => {
    expect(historyOf(line, version).map((release) => release.version)).toEqual(expected.split(" "));
  });

  test("changes the scheme without a side line", () => {
    const changed = lineOf("2024.1.0", "2024.2.0", "1.0.0", "1.1.0");
    expect(historyOf(changed, "1.1.0")).toEqual(changed);
  });

  test("two histories are equal up to where they part, and then have nothing in common", () => {
    const part = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.tuple(part, part).map((parts) => parts.join(".")),
          { minLength: 2 },
        ),
        (versions) => {
          const ordered = lineOf(...versions);
          for (const one of ordered) {
            for (const other of ordered) {
              const [left, right] = [releaseHistory(ordered, one), releaseHistory(ordered, other)];
              const common = left.filter((release) => right.includes(release));
              expect([left.slice(0, common.length), right.slice(0, common.length)]).toEqual([common, common]);
            }
          }
        },
      ),
    );
  });
});
