import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { issuesOf } from "./issues-of.ts";
import { pythonStrip } from "./python-strip.ts";
import { ruledText, text } from "./text.ts";

const TOO_LONG = "Ensure this field has no more than 5 characters.";
const NUL = "Null characters are not allowed.";

describe("text", () => {
  it.each([
    ["abc", "abc"],
    ["  abc\u2003", "abc"],
    ["     abcde     ", "abcde"],
    ["😀😀😀😀😀", "😀😀😀😀😀"],
    ["\u200b", "\u200b"],
    [1, "1"],
    [1.5, "1.5"],
    [0, "0"],
    [12n, "12"],
  ])("reads %o as %j", (value, read) => {
    expect(text({ max: 5 }).parse(value)).toBe(read);
  });

  it.each([
    [undefined, ["This field is required."]],
    [null, ["This field may not be null."]],
    ["", ["This field may not be blank."]],
    [" \u00a0\u001c ", ["This field may not be blank."]],
    [true, ["Not a valid string."]],
    [false, ["Not a valid string."]],
    [[], ["Not a valid string."]],
    [{}, ["Not a valid string."]],
    [Number.NaN, ["Not a valid string."]],
    ["abcdef", [TOO_LONG]],
    [123456, [TOO_LONG]],
    ["😀😀😀😀😀😀", [TOO_LONG]],
    ["\u0000", [NUL]],
    ["a\ud800", ["Surrogate characters are not allowed: U+D800."]],
    ["\udfff\ud800", ["Surrogate characters are not allowed: U+DFFF."]],
    ["abcdef\u0000\ud83d", [TOO_LONG, NUL, "Surrogate characters are not allowed: U+D83D."]],
  ])("refuses %j with every broken limit", (value, messages) => {
    expect(issuesOf(text({ max: 5 }), value)).toEqual({ "": messages });
  });

  it("keeps white space when told not to trim, and then does not call it blank", () => {
    const raw = text({ trim: false, max: 5 });
    expect(raw.parse("  a  ")).toBe("  a  ");
    expect(raw.parse("   ")).toBe("   ");
    expect(issuesOf(raw, "")).toEqual({ "": ["This field may not be blank."] });
    expect(issuesOf(raw, "   abc")).toEqual({ "": [TOO_LONG] });
  });

  it("allows blank texts when told so, trimmed", () => {
    expect(text({ blank: true }).parse("")).toBe("");
    expect(text({ blank: true }).parse(" \n ")).toBe("");
    expect(issuesOf(text({ blank: true }), null)).toEqual({ "": ["This field may not be null."] });
  });

  it("lets zod's wrappers decide about null and undefined", () => {
    expect(text().nullable().parse(null)).toBeNull();
    expect(text().optional().parse(undefined)).toBeUndefined();
    expect([text().nullish().parse(null), text().nullish().parse(undefined)]).toEqual([null, undefined]);
    expect(text().default("d").parse(undefined)).toBe("d");
    expect(issuesOf(text().nullable(), undefined)).toEqual({ "": ["This field is required."] });
    expect(issuesOf(text().optional(), null)).toEqual({ "": ["This field may not be null."] });
  });

  it("never throws, and what it lets through is trimmed, within the limit and stable", () => {
    const values = fc.oneof(fc.anything(), fc.string({ unit: "binary" }), fc.string({ unit: "grapheme", maxLength: 8 }));
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 8 }), (value, max) => {
        const result = text({ max }).safeParse(value);
        const read = result.data ?? "a";
        expect([...read].length).toBeLessThanOrEqual(max);
        expect(read).toBe(pythonStrip(read));
        expect(read).not.toMatch(/^$|\0/);
        expect(read.isWellFormed()).toBe(true);
        expect(text({ max }).parse(read)).toBe(read);
      }),
    );
  });
});

describe("ruledText", () => {
  const even = ruledText({ max: 4, blank: true, rule: (value) => (value.length % 2 === 0 ? null : `${value} is odd`) });

  it("asks the rule about the trimmed text, in the rule's words", () => {
    expect(even.parse(" ab ")).toBe("ab");
    expect(issuesOf(even, " abc")).toEqual({ "": ["abc is odd"] });
  });

  it("asks no rule about a blank text or one that broke a limit", () => {
    expect(even.parse("")).toBe("");
    expect(issuesOf(even, "abcde")).toEqual({ "": ["Ensure this field has no more than 4 characters."] });
  });
});
