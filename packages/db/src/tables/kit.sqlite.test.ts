import * as fc from "fast-check";
import { expect, test } from "vitest";
import { storedText } from "./kit.sqlite.ts";

test.each([
  ["plain", "plain"],
  ["", ""],
  ["a\0b\0", "a\uFFFDb\uFFFD"],
  ["\\0 stays, it is two characters", "\\0 stays, it is two characters"],
])("%j is stored as %j", (value, stored) => {
  expect(storedText(value)).toBe(stored);
});

test("only NUL characters and lone surrogates change, each into one character", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("\0", "a", "é", "😀", "\uFFFD") }), (value) => {
      const stored = storedText(value);
      expect(stored).not.toContain("\0");
      expect(stored).toHaveLength(value.length);
      expect(stored.replaceAll("\uFFFD", "")).toBe(value.replaceAll("\0", "").replaceAll("\uFFFD", ""));
    }),
  );
});
