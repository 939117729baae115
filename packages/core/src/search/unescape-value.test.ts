import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unescapeValue } from "./unescape-value.ts";

describe("unescapeValue", () => {
  it.each([
    ["", "", false, false],
    ["abc", "abc", false, false],
    ["*", "*", true, true],
    ["**", "**", true, true],
    ["a*", "a*", false, true],
    ["*a", "*a", true, false],
    ["*a*b*", "*a*b*", true, true],
    ["a*b", "a*b", false, false],
    ["a\\*", "a*", false, false],
    ["\\*a", "*a", false, false],
    ["\\**", "**", false, true],
    ["*\\*", "**", true, false],
    ["\\\\*", "\\*", false, true],
    ['a\\"b', 'a"b', false, false],
    ["a\\b", "a\\b", false, false],
    ["a\\", "a\\", false, false],
    ["\\", "\\", false, false],
  ])("%j", (raw, text, opensWithStar, closesWithStar) => {
    expect(unescapeValue(raw)).toEqual({ text, opensWithStar, closesWithStar });
  });

  it("gives back any text that was escaped, without wildcards", () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom('"', "*", "\\"), fc.string({ unit: "binary", minLength: 1, maxLength: 1 })) });
    fc.assert(
      fc.property(text, (meant) => {
        const escaped = meant.replaceAll(/["*\\]/g, "\\$&");
        expect(unescapeValue(escaped)).toEqual({ text: meant, opensWithStar: false, closesWithStar: false });
      }),
    );
  });
});
