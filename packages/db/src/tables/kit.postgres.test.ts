import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromTimestamp, toTimestamp } from "./kit.postgres.ts";

test.each([
  ["2026-11-23T22:39:00.007Z", "2026-11-23T22:39:00.007Z"],
  ["0001-01-01T00:00:00.000Z", "0001-01-01T00:00:00.000Z"],
  ["+010000-01-01T00:00:00.000Z", "10000-01-01T00:00:00.000Z"],
  ["0000-12-31T00:00:00.000Z", "0001-12-31T00:00:00.000Z BC"],
  ["-000043-03-15T12:00:00.000Z", "0044-03-15T12:00:00.000Z BC"],
])("%s is written as %s", (iso, written) => {
  expect(toTimestamp(new Date(iso))).toBe(written);
});

test.each([
  ["2026-11-23 22:39:00+00", "2026-11-23T22:39:00.000Z"],
  ["2026-11-23 22:39:00.5+00", "2026-11-23T22:39:00.500Z"],
  ["2026-11-23 22:39:00.007+00", "2026-11-23T22:39:00.007Z"],
  ["0099-01-01 00:00:00+00", "0099-01-01T00:00:00.000Z"],
  ["10000-01-01 00:00:00+00", "+010000-01-01T00:00:00.000Z"],
  ["0001-12-31 00:00:00+00 BC", "0000-12-31T00:00:00.000Z"],
  ["0044-03-15 12:00:00+00 BC", "-000043-03-15T12:00:00.000Z"],
])("%s is read as %s", (text, iso) => {
  expect(fromTimestamp(text)).toEqual(new Date(iso));
});

test("what is written is read back from PostgreSQL's format", () => {
  const max = new Date("+275760-09-13T00:00:00.000Z");
  fc.assert(
    fc.property(fc.date({ min: new Date("-004000-01-01T00:00:00.000Z"), max, noInvalidDate: true }), (date) => {
      const [clock = "", era] = toTimestamp(date).split(" ");
      const formatted = `${clock.replace("T", " ").replace("Z", "+00")}${era ? ` ${era}` : ""}`;
      expect(fromTimestamp(formatted)).toEqual(date);
    }),
  );
});

test("an invalid date is an error, and not stored as another one", () => {
  expect(() => toTimestamp(new Date(Number.NaN))).toThrow(RangeError);
});
