import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commitReference, splitRange } from "./commit-reference.ts";
import { issuesOf } from "./issues-of.ts";

const a64 = "a".repeat(64);
const b64 = "b".repeat(64);
const ENDS = "Commit cannot begin or end with ..";
const SINGLE = "Commit too long - max is 64 chars";
const SIDES = "Start or end commit too long - max is 64 chars each";

describe("commitReference", () => {
  it.each([a64, "a", "a..b", `${a64}..${b64}`, "a...b", "😀".repeat(64), "a.b", "."])("keeps %j", (reference) => {
    expect(commitReference().parse(reference)).toBe(reference);
  });

  it.each([
    [undefined, "This field is required."],
    [null, "This field may not be null."],
    ["", "This field may not be blank."],
    [[], "Not a valid string."],
    ["a..", ENDS],
    ["..a", ENDS],
    ["..", ENDS],
    [`..${b64}`, ENDS],
    [`${a64}..`, ENDS],
    [`..${b64}b`, ENDS],
    ["a..b..c", ENDS],
    ["a....b", ENDS],
    [`${a64}a`, SINGLE],
    [`${a64}a..b`, SIDES],
    [`a..${b64}b`, SIDES],
    ["\u0000", "Null characters are not allowed."],
  ])("refuses %j with %j", (reference, message) => {
    expect(issuesOf(commitReference(), reference)).toEqual({ "": [message] });
  });

  it("trims what surrounds the reference", () => {
    expect(commitReference().parse(" a..b ")).toBe("a..b");
  });
});

describe("splitRange", () => {
  it.each([
    ["a", { commit: "a", previousCommit: null }],
    ["a..b", { commit: "b", previousCommit: "a" }],
    ["a...b", { commit: ".b", previousCommit: "a" }],
    ["a.b", { commit: "a.b", previousCommit: null }],
  ])("splits %s", (reference, range) => {
    expect(splitRange(reference)).toEqual(range);
  });

  it("answers non-empty ends within the limit for whatever the field accepts, and loses nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", ".", "..", "b".repeat(63)), maxLength: 6 }), (text) => {
        const result = commitReference().safeParse(text);
        if (!result.success) return;
        const { commit, previousCommit } = splitRange(result.data);
        for (const end of [commit, previousCommit ?? commit]) expect(end.length).toBeGreaterThan(0);
        for (const end of [commit, previousCommit ?? commit]) expect(end.length).toBeLessThanOrEqual(64);
        expect(previousCommit === null ? commit : `${previousCommit}..${commit}`).toBe(text);
      }),
    );
  });
});
