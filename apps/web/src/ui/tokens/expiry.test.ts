import { expect, test } from "vitest";
import { expiryDate, EXPIRY_CHOICES, expiryOf } from "./expiry.ts";

const NOW = new Date("2026-01-15T12:00:00Z");

test.each([
  [null, "never"],
  ["2026-01-15T11:59:59Z", "over"],
  ["2026-01-15T12:00:00Z", "over"],
  ["2026-01-15T12:00:01Z", "soon"],
  ["2026-01-29T12:00:00Z", "soon"],
  ["2026-01-29T12:00:01Z", "later"],
])("the end %s is %s", (end, expiry) => {
  expect(expiryOf(end, NOW)).toBe(expiry);
});

test.each([
  ["30", "2026-02-14T12:00:00.000Z"],
  ["90", "2026-04-15T12:00:00.000Z"],
  ["365", "2027-01-15T12:00:00.000Z"],
  ["never", null],
])("a token for %s ends at %s", (choice, end) => {
  expect(expiryDate(choice, NOW)).toBe(end);
});

test("no other length is taken", () => {
  for (const choice of ["", "31", "-1", "NaN", "1e9"]) expect(() => expiryDate(choice, NOW)).toThrow(RangeError);
  for (const choice of EXPIRY_CHOICES) expect(() => expiryDate(choice, NOW)).not.toThrow();
});
