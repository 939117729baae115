import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant, instantOrNull } from "./instant.ts";

describe("instant", () => {
  test.each([
    ["2018-12-19T19:25:49.971Z", "2018-12-19T19:25:49.971Z"],
    ["2018-12-19T19:25:49.970Z", "2018-12-19T19:25:49.970Z"],
    ["2018-12-19T19:25:49.001Z", "2018-12-19T19:25:49.001Z"],
    ["2018-09-20T08:50:22.000Z", "2018-09-20T08:50:22Z"],
    ["2018-09-20T00:00:00.000Z", "2018-09-20T00:00:00Z"],
    ["2018-09-20T23:59:59.999Z", "2018-09-20T23:59:59.999Z"],
    ["1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"],
    ["+012345-01-01T01:02:03.000Z", "+012345-01-01T01:02:03Z"],
    ["-000044-03-15T12:00:00.000Z", "-000044-03-15T12:00:00Z"],
  ])("formats %s as %s", (date, text) => expect(instant(new Date(date))).toBe(text));

  test("is the ISO form without zero milliseconds, for any dates in any order", () => {
    const near = fc.integer({ min: -100_000_000, max: 100_000_000 });
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), fc.array(near), (date, distances) => {
        for (const distance of [0, ...distances, 0]) {
          const one = new Date(date.getTime() + distance);
          if (!Number.isNaN(one.getTime())) expect(instant(one)).toBe(one.toISOString().replace(".000Z", "Z"));
        }
      }),
    );
  });

  test("throws for an invalid date, and is right afterwards", () => {
    expect(() => instant(new Date(Number.NaN))).toThrow(RangeError);
    expect(instant(new Date(0))).toBe("1970-01-01T00:00:00Z");
  });
});

test("instantOrNull keeps null", () =>
  expect([instantOrNull(null), instantOrNull(new Date(5))]).toEqual([null, "1970-01-01T00:00:00.005Z"]));
