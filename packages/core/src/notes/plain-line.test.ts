import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainLine } from "./plain-line.ts";

describe("plainLine", () => {
  it.each([
    ["  add\twings \n now ", "add wings now"],
    ["a\u0000b\u001B[31mc", "a b [31mc"],
    ["abc\u202Edcba", "abc dcba"],
    ["a\u2028b\u2029c\u0085d", "a b c d"],
    ["half \uD83D", "half \uFFFD"],
    ["", ""],
    [" \n ", ""],
  ])("makes %j one line", (text, line) => expect(plainLine(text, 100)).toBe(line));

  it("cuts by characters, not through one", () => {
    expect(plainLine("🚀🚀🚀", 3)).toBe("🚀🚀🚀");
    expect(plainLine("🚀🚀🚀🚀", 3)).toBe("🚀🚀…");
    expect(plainLine("x".repeat(1_000_000), 10)).toBe(`${"x".repeat(9)}…`);
  });

  it("is one line of that length at most, whatever it is made of, and nothing is left to do", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 2, max: 20 }), (text, longest) => {
        const line = plainLine(text, longest);
        expect([...line].length).toBeLessThanOrEqual(longest);
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]| {2}|^ | $/u);
        expect(plainLine(line, longest)).toBe(line);
      }),
    );
  });
});
