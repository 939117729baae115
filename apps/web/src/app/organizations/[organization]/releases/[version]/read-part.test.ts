import fc from "fast-check";
import { expect, test } from "vitest";
import { decodePathSegment } from "./read-part.ts";

test.each([
  ["web%401.0%2B2", "web@1.0+2"],
  ["100%25", "100%"],
  ["100%", "100%"],
  ["%FF", "%FF"],
])("%s is %s", (part, text) => {
  expect(decodePathSegment(part)).toBe(text);
});

test("whatever was escaped is read as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const wellFormed = text.toWellFormed();
      expect(decodePathSegment(encodeURIComponent(wellFormed))).toBe(wellFormed);
    }),
  );
});
