import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { followsSemver } from "./follows-semver.ts";

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
    ["the eleventh is not looked at", "ss--------s", false],
    ["the eleventh is not looked at", "sss-------------------", true],
  ])("%s: %s", (_name, text, expected) => {
    expect(followsSemver(releases(text))).toBe(expected);
  });

  it("is never less sure when one more of the same releases is semver", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 14 }), fc.nat(13), (newestFirst, index) => {
        const more = newestFirst.map((isSemver, position) => isSemver || position === index);
        expect(Number(followsSemver(more))).toBeGreaterThanOrEqual(Number(followsSemver(newestFirst)));
      }),
    );
  });
});
