import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateTime, parseDateTime } from "./dates.ts";
import { issuesOf } from "./issues-of.ts";

const WRONG = "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].";

describe("dateTime", () => {
  it("returns a Date in UTC, cut to milliseconds", () => {
    expect(dateTime().parse("2026-11-23T21:04:40.115961030Z")).toEqual(new Date("2026-11-23T21:04:40.115Z"));
  });

  it("copies a Date from a caller in the same process", () => {
    const date = new Date("2018-12-19T19:25:49.971Z");
    const read = dateTime().parse(date);
    expect(read).toEqual(date);
    expect(read).not.toBe(date);
  });

  it.each(["now", "", " 2018-12-19", 1_545_247_549, 1.5, true, [], {}, new Date(Number.NaN), new Date(8.64e15)])(
    "rejects %j with the contract's message",
    (value) => {
      expect(issuesOf(dateTime(), value)).toEqual({ "": [WRONG] });
    },
  );

  it("distinguishes missing and null from a wrong format", () => {
    expect(issuesOf(dateTime(), undefined)).toEqual({ "": ["This field is required."] });
    expect(issuesOf(dateTime(), null)).toEqual({ "": ["This field may not be null."] });
    expect(dateTime().nullish().parse(null)).toBeNull();
  });
});

describe("parseDateTime", () => {
  it.each([
    ["2018-12-19", "2018-12-19T00:00:00.000Z"],
    ["20181219", "2018-12-19T00:00:00.000Z"],
    ["2018-12-19T19:25", "2018-12-19T19:25:00.000Z"],
    ["2018-12-19 19:25", "2018-12-19T19:25:00.000Z"],
    ["2018-12-19t19:25", "2018-12-19T19:25:00.000Z"],
    ["2018-12-19T19", "2018-12-19T19:00:00.000Z"],
    ["2018-12-19T19:25:49", "2018-12-19T19:25:49.000Z"],
    ["2018-12-19T19:25:49Z", "2018-12-19T19:25:49.000Z"],
    ["2018-12-19T19:25:49.971Z", "2018-12-19T19:25:49.971Z"],
    ["2018-12-19T19:25:49,971Z", "2018-12-19T19:25:49.971Z"],
    ["2018-12-19T19:25:49.1", "2018-12-19T19:25:49.100Z"],
    ["2018-12-19T19:25:49.999999", "2018-12-19T19:25:49.999Z"],
    ["2026-11-23T21:04:40.115161030Z", "2026-11-23T21:04:40.115Z"],
    ["2026-11-23T21:04:40.115161030+01:00", "2026-11-23T20:04:40.115Z"],
    ["2018-12-19T19:25:49+0130", "2018-12-19T17:55:49.000Z"],
    ["2018-12-19T19:25:49+01", "2018-12-19T18:25:49.000Z"],
    ["2018-12-19T19:25:49-01:30", "2018-12-19T20:55:49.000Z"],
    ["2018-12-19T19:25:49-00:00", "2018-12-19T19:25:49.000Z"],
    ["2018-12-19T19:25:49+23:59", "2018-12-18T19:26:49.000Z"],
    ["2018-12-19 19:25:49 +0100", "2018-12-19T18:25:49.000Z"],
    ["20181219T192549Z", "2018-12-19T19:25:49.000Z"],
    ["20181219T192549.123456789+0100", "2018-12-19T18:25:49.123Z"],
    ["20181219T1925", "2018-12-19T19:25:00.000Z"],
    ["1000-10-10T06:06", "1000-10-10T06:06:00.000Z"],
    ["2020-02-29", "2020-02-29T00:00:00.000Z"],
    ["0001-01-01", "0001-01-01T00:00:00.000Z"],
    ["0050-06-01T00:00Z", "0050-06-01T00:00:00.000Z"],
    ["0001-01-01T00:00-01:00", "0001-01-01T01:00:00.000Z"],
    ["9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999Z"],
  ])("reads %s as %s", (text, iso) => {
    expect(parseDateTime(text)?.toISOString()).toBe(iso);
  });

  it.each([
    "",
    " ",
    "now",
    "1545247549",
    "1545247549.5",
    "2018",
    "2018-12",
    "201812",
    "2018-1-9",
    "2018-1219",
    "201812-19",
    "2018/12/19",
    "19-12-2018",
    " 2018-12-19",
    "2018-12-19 ",
    "2018-12-19\n",
    "+2018-12-19",
    "-2018-12-19",
    "10000-01-01",
    "2018-12-19T",
    "2018-12-19T19:",
    "2018-12-19T19:25:",
    "2018-12-19X19:25",
    "2018-12-19T19:2549",
    "2018-12-19Z",
    "2018-12-19T19:25:49z",
    "2018-12-19T19:25:49UTC",
    "2018-12-19T19:25:49.",
    "2018-12-19T19:25.5",
    "2018-12-19T19:25:49.123x",
    "2018-12-19T19:25:49+1",
    "2018-12-19T19:25:49+1:00",
    "2018-12-19T19:25:49+24:00",
    "2018-12-19T19:25:49+01:60",
    "2018-12-19T19:25:49+01:30:15",
    "2018-12-19T24:00",
    "2018-12-19T23:60",
    "2018-12-19T23:59:60",
    "2018-02-30",
    "2018-02-29",
    "2018-13-01",
    "2018-00-01",
    "2018-01-00",
    "2018-12-32",
    "0000-01-01",
    "0001-01-01T00:00+01:00",
    "9999-12-31T23:59:59-01:00",
    "2018-W51-3",
    "2018-353",
    "٢٠١٨-12-19",
  ])("refuses %j", (text) => {
    expect(parseDateTime(text)).toBeNull();
  });

  it("reads back every moment of the years 1 to 9999 written with any offset", () => {
    const moments = fc.date({ min: new Date("0001-01-02T00:00:00Z"), max: new Date("9999-12-30T00:00:00Z"), noInvalidDate: true });
    fc.assert(
      fc.property(moments, fc.integer({ min: -1439, max: 1439 }), (moment, offset) => {
        const local = new Date(moment.getTime() + offset * 60_000).toISOString().replace("Z", "");
        const size = Math.abs(offset);
        const [hours, minutes] = [Math.trunc(size / 60), size % 60].map((part) => String(part).padStart(2, "0"));
        expect(parseDateTime(`${local}${offset < 0 ? "-" : "+"}${hours}:${minutes}`)).toEqual(moment);
      }),
    );
  });

  it("never throws, and returns only dates in the years 1 to 9999", () => {
    const dateLike = fc.string({ unit: fc.constantFrom(..."0123456789-:.,TtZz+ "), maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(fc.string(), dateLike), (text) => {
        const year = parseDateTime(text)?.getUTCFullYear() ?? 1;
        expect(year).toBeGreaterThanOrEqual(1);
        expect(year).toBeLessThanOrEqual(9999);
      }),
    );
  });
});
