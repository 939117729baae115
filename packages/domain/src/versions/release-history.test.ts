import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { historyContains, isLowerVersion, releaseHistory, versionOrder } from "./release-history.ts";

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

const digit = fc.integer({ min: 0, max: 12 });
const tag = fc
  .tuple(digit, digit, digit, fc.constantFrom("", "-rc.1", "-rc.2", "-rc.10"))
  .map(([major, minor, patch, pre]) => ({ name: `${major}.${minor}.${patch}${pre}`, nextPatch: `${major}.${minor}.${patch + 1}` }));
const hash = fc.stringMatching(/^[0-9a-f]{7,12}$/);
const commits = fc.integer({ min: 1, max: 9999 });
const form = fc.constantFrom(
  (name: string) => name,
  (name: string) => `v${name}`,
  (name: string) => `web@${name}`,
);

describe("names of git describe", () => {
  test("are between their tag and the next patch, in the order of their commits", () => {
    fc.assert(
      fc.property(tag, commits, commits, hash, hash, form, (base, count, more, sha, otherSha, write) => {
        const [at, described, later, next] = [
          write(base.name),
          write(`${base.name}-${count}-g${sha}`),
          write(`${base.name}-${count + more}-g${otherSha}`),
          write(base.nextPatch),
        ];
        expect(isLower(at, described) && isLower(described, later) && isLower(later, next)).toBe(true);
        expect(isLower(described, at) || isLower(later, described) || isLower(next, later)).toBe(false);
      }),
    );
  });

  test("and tags have one order: any two are ordered or equal, and equal ones are ordered alike with any other", () => {
    const version = fc
      .tuple(tag, fc.option(fc.tuple(commits, hash)), form)
      .map(([{ name }, described, write]) => write(described ? `${name}-${described[0]}-g${described[1]}` : name));
    const sign = (a: string, b: string) => Number(isLower(b, a)) - Number(isLower(a, b));
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(sign(a, b) + sign(b, a)).toBe(0);
        if (sign(a, b) === 0) expect(sign(a, c)).toBe(sign(b, c));
        if (sign(a, b) < 0 && sign(b, c) < 0) expect(sign(a, c)).toBe(-1);
      }),
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

  test("contains what historyContains finds", () => {
    const part = fc.integer({ min: 0, max: 2 });
    const semver = fc.tuple(part, part).map((parts) => parts.join("."));
    const version = fc.oneof(semver, fc.constantFrom("0123456789ab", "main", "2024.1.0", "2024.2.0", "1.0-3-gedf6082"));
    fc.assert(
      fc.property(fc.uniqueArray(version, { minLength: 2 }), (versions) => {
        const line = lineOf(...versions);
        for (const [index, release] of line.entries()) {
          const earlier = line.slice(0, index).map(({ order }) => order);
          for (const later of line.slice(index + 1))
            expect(historyContains(later.order, release.order, earlier)).toBe(releaseHistory(line, later).includes(release));
        }
      }),
    );
  });
});
