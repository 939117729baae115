import * as fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import type * as z from "zod";
import { issuesOf } from "./issues-of.ts";
import { pythonStrip } from "./python.ts";
import { codePointCount, loneSurrogate, oneOf, ruledText, text } from "./text.ts";

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
  ])("rejects %j with all exceeded limits", (value, messages) => {
    expect(issuesOf(text({ max: 5 }), value)).toEqual({ "": messages });
  });

  it("keeps white space with `trim: false`, and does not treat it as blank", () => {
    const raw = text({ trim: false, max: 5 });
    expect(raw.parse("  a  ")).toBe("  a  ");
    expect(raw.parse("   ")).toBe("   ");
    expect(issuesOf(raw, "")).toEqual({ "": ["This field may not be blank."] });
    expect(issuesOf(raw, "   abc")).toEqual({ "": [TOO_LONG] });
  });

  it("allows blank texts with `blank`, and trims them", () => {
    expect(text({ blank: true }).parse("")).toBe("");
    expect(text({ blank: true }).parse(" \n ")).toBe("");
    expect(issuesOf(text({ blank: true }), null)).toEqual({ "": ["This field may not be null."] });
  });

  it("leaves null and undefined to zod's wrappers", () => {
    expect(text().nullable().parse(null)).toBeNull();
    expect(text().optional().parse(undefined)).toBeUndefined();
    expect([text().nullish().parse(null), text().nullish().parse(undefined)]).toEqual([null, undefined]);
    expect(text().default("d").parse(undefined)).toBe("d");
    expect(issuesOf(text().nullable(), undefined)).toEqual({ "": ["This field is required."] });
    expect(issuesOf(text().optional(), null)).toEqual({ "": ["This field may not be null."] });
  });

  it("never throws, and returns texts that are trimmed, within the limit and stable", () => {
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

  it("checks the trimmed text with the rule, and reports the rule's message", () => {
    expect(even.parse(" ab ")).toBe("ab");
    expect(issuesOf(even, " abc")).toEqual({ "": ["abc is odd"] });
  });

  it("does not run the rule on a blank text or one that exceeds a limit", () => {
    expect(even.parse("")).toBe("");
    expect(issuesOf(even, "abcde")).toEqual({ "": ["Ensure this field has no more than 4 characters."] });
  });
});

const status = oneOf(["open", "archived"], { invalid: (value) => `Invalid status ${value}` });
const patchType = oneOf(["A", "M", "D"], { max: 1, invalid: (value) => `Commit patch_set type ${value} is not supported.` });

describe("choice", () => {
  it("returns the trimmed choice with its literal type", () => {
    expect(status.parse(" archived ")).toBe("archived");
    expectTypeOf<z.output<typeof status>>().toEqualTypeOf<"open" | "archived">();
    expectTypeOf<z.input<typeof status>>().toEqualTypeOf<"open" | "archived">();
  });

  it.each([
    ["deleted", "Invalid status deleted"],
    ["OPEN", "Invalid status OPEN"],
    [" x ", "Invalid status x"],
    [1, "Invalid status 1"],
    [null, "This field may not be null."],
    ["", "This field may not be blank."],
    [undefined, "This field is required."],
    [[], "Not a valid string."],
    [true, "Not a valid string."],
    ["toString", "Invalid status toString"],
  ])("rejects the status %j with %j", (value, message) => {
    expect(issuesOf(status, value)).toEqual({ "": [message] });
  });

  it.each([
    ["X", "Commit patch_set type X is not supported."],
    ["a", "Commit patch_set type a is not supported."],
    ["MM", "Ensure this field has no more than 1 characters."],
  ])("rejects the patch type %j with %j", (value, message) => {
    expect(issuesOf(patchType, value)).toEqual({ "": [message] });
  });
});

const units = fc
  .array(fc.oneof(fc.integer({ min: 0xd7fe, max: 0xe001 }), fc.integer({ min: 0, max: 0x7f })))
  .map((codes) => String.fromCharCode(...codes));

describe("codePointCount", () => {
  it.each([
    ["", 0],
    ["abc", 3],
    ["😀😀", 2],
    ["\ud83d", 1],
    ["\ude00\ud83d", 2],
    ["\ud83d\ud83d\ude00", 2],
    ["e\u0301", 2],
  ])("counts %j as %i", (text, count) => {
    expect(codePointCount(text)).toBe(count);
  });

  it("equals the length of the string iterator for any mix of surrogates", () => {
    fc.assert(
      fc.property(units, (text) => {
        expect(codePointCount(text)).toBe([...text].length);
      }),
    );
  });
});

describe("loneSurrogate", () => {
  it.each([
    ["", null],
    ["a😀b", null],
    ["a\ud800b", 0xd800],
    ["😀\udfff", 0xdfff],
    ["\udc00\ud800", 0xdc00],
  ])("for %j is %s", (text, found) => {
    expect(loneSurrogate(text)).toBe(found);
  });

  it("finds one exactly if the text is not well formed", () => {
    fc.assert(
      fc.property(units, (text) => {
        expect(loneSurrogate(text) === null).toBe(text.isWellFormed());
      }),
    );
  });
});
