import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePointCount, loneSurrogate } from "./code-points.ts";

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

  it("agrees with the string iterator on any mix of surrogates", () => {
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
  ])("finds in %j %s", (text, found) => {
    expect(loneSurrogate(text)).toBe(found);
  });

  it("finds one exactly when the text is not well formed", () => {
    fc.assert(
      fc.property(units, (text) => {
        expect(loneSurrogate(text) === null).toBe(text.isWellFormed());
      }),
    );
  });
});
