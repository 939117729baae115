import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DateRangeParams, instantAgo, isStorableInstant, parseDateRange, parseInstant } from "./dates.ts";
import { isQueryError, QueryError } from "./release-query.ts";

describe("date filter", () => {
  const now = new Date("2024-03-15T12:00:00Z");

  const range = (params: DateRangeParams) => {
    const parsed = parseDateRange(params, now);
    return parsed === null ? null : [parsed.from.toISOString(), parsed.to.toISOString()];
  };

  describe("parseDateRange", () => {
    it.each<[string, DateRangeParams]>([
      ["no parameter is sent", {}],
      ["all parameters are null", { statsPeriod: null, start: null, end: null, statsPeriodStart: null, statsPeriodEnd: null }],
      ["the dates are empty", { start: "", end: "" }],
      ["the periods are empty", { statsPeriodStart: "", statsPeriodEnd: "" }],
    ])("is null when %s", (_name, params) => {
      expect(parseDateRange(params, now)).toBeNull();
    });

    it.each<[string, DateRangeParams, string, string]>([
      ["days", { statsPeriod: "14d" }, "2024-03-01T12:00:00.000Z", "2024-03-15T12:00:00.000Z"],
      ["hours", { statsPeriod: "24h" }, "2024-03-14T12:00:00.000Z", "2024-03-15T12:00:00.000Z"],
      ["seconds without a unit", { statsPeriod: "3600" }, "2024-03-15T11:00:00.000Z", "2024-03-15T12:00:00.000Z"],
      ["two periods", { statsPeriodStart: "15d", statsPeriodEnd: "8d" }, "2024-02-29T12:00:00.000Z", "2024-03-07T12:00:00.000Z"],
      [
        "L19: two dates",
        { start: "2024-03-14T12:00:00", end: "2024-03-15T12:00:00" },
        "2024-03-14T12:00:00.000Z",
        "2024-03-15T12:00:00.000Z",
      ],
      ["two days", { start: "2024-03-01", end: "2024-03-02" }, "2024-03-01T00:00:00.000Z", "2024-03-02T00:00:00.000Z"],
      [
        "dates with offsets",
        { start: "2024-03-01T00:00+02:00", end: "2024-03-01T00:00Z" },
        "2024-02-29T22:00:00.000Z",
        "2024-03-01T00:00:00.000Z",
      ],
      [
        "statsPeriod before all others, which are ignored",
        { statsPeriod: "1d", statsPeriodStart: "x", start: "x", end: "x" },
        "2024-03-14T12:00:00.000Z",
        "2024-03-15T12:00:00.000Z",
      ],
      [
        "periods before dates",
        { statsPeriodStart: "2d", statsPeriodEnd: "1d", start: "x" },
        "2024-03-13T12:00:00.000Z",
        "2024-03-14T12:00:00.000Z",
      ],
    ])("parses %s", (_name, params, from, to) => {
      expect(range(params)).toEqual([from, to]);
    });

    it.each<[DateRangeParams, string]>([
      [{ statsPeriod: "x" }, "Invalid statsPeriod: 'x'"],
      [{ statsPeriod: "" }, "Invalid statsPeriod: ''"],
      [{ statsPeriod: "7y" }, "Invalid statsPeriod: '7y'"],
      [{ statsPeriod: "-7d" }, "Invalid statsPeriod: '-7d'"],
      [{ statsPeriod: "99999999999d" }, "Invalid statsPeriod: '99999999999d'"],
      [{ statsPeriodStart: "7d" }, "statsPeriodStart and statsPeriodEnd are both required"],
      [{ statsPeriodEnd: "7d", statsPeriodStart: "" }, "statsPeriodStart and statsPeriodEnd are both required"],
      [{ statsPeriodStart: "7d", statsPeriodEnd: "x" }, "Invalid statsPeriod: 'x'"],
      [{ start: "2024-01-01" }, "start and end are both required"],
      [{ end: "2024-01-01" }, "start and end are both required"],
      [{ start: "", end: "2024-01-01" }, "start and end are both required"],
      [{ start: "null", end: "null" }, "null is not a valid ISO8601 date query"],
      [{ start: "2024-01-01", end: "2024-02-30" }, "2024-02-30 is not a valid ISO8601 date query"],
      [{ start: "2024-01-02", end: "2024-01-01" }, "start must be before end"],
      [{ start: "2024-01-01", end: "2024-01-01" }, "start must be before end"],
      [{ statsPeriod: "0d" }, "start must be before end"],
      [{ statsPeriodStart: "1d", statsPeriodEnd: "2d" }, "start must be before end"],
    ])("rejects %j", (params, why) => {
      expect(() => parseDateRange(params, now)).toThrow(new QueryError(`Invalid date range: ${why}`, "date_range"));
    });

    it("returns a forward range or null, or throws a QueryError, for any parameters", () => {
      const value = fc.option(fc.oneof(fc.constantFrom("", "1d", "2d", "2024-01-01", "2024-01-02", "null"), fc.string({ unit: "binary" })));
      const params = fc.record({ statsPeriod: value, statsPeriodStart: value, statsPeriodEnd: value, start: value, end: value });
      const outcome = (written: DateRangeParams): unknown => {
        try {
          const parsed = parseDateRange(written, now);
          return parsed === null || parsed.from < parsed.to;
        } catch (error) {
          return isQueryError(error);
        }
      };
      fc.assert(
        fc.property(params, (written) => {
          expect(outcome(written)).toBe(true);
        }),
        { numRuns: 500 },
      );
    });
  });
});

describe("instant ago", () => {
  const now = new Date("2024-03-15T12:00:00.250Z");

  describe("instantAgo", () => {
    it.each([
      ["90", "2024-03-15T11:58:30.250Z"],
      ["90s", "2024-03-15T11:58:30.250Z"],
      ["90m", "2024-03-15T10:30:00.250Z"],
      ["13h", "2024-03-14T23:00:00.250Z"],
      ["15d", "2024-02-29T12:00:00.250Z"],
      ["2w", "2024-03-01T12:00:00.250Z"],
      ["0d", "2024-03-15T12:00:00.250Z"],
      ["007d", "2024-03-08T12:00:00.250Z"],
      ["100w", "2022-04-15T12:00:00.250Z"],
    ])("%s", (text, expected) => {
      expect(instantAgo(text, now)?.toISOString()).toBe(expected);
    });

    it.each([
      [""],
      ["d"],
      ["-1d"],
      ["+1d"],
      ["1.5d"],
      ["1y"],
      ["1D"],
      ["1 d"],
      ["1d\n"],
      ["1dd"],
      ["٣d"],
      ["9999999d"],
      ["99999999999999999999999d"],
      ["9".repeat(500)],
    ])("rejects %j", (text) => {
      expect(instantAgo(text, now)).toBeNull();
    });
  });
});

describe("parseInstant", () => {
  it.each([
    ["a bare day", "2018-12-19", "2018-12-19T00:00:00.000Z", true],
    ["compact", "20181219", "2018-12-19T00:00:00.000Z", true],
    ["minutes", "2018-12-19T19:25", "2018-12-19T19:25:00.000Z", false],
    ["C21: long ago", "1000-10-10T06:06", "1000-10-10T06:06:00.000Z", false],
    ["seconds", "2018-12-19T19:25:49", "2018-12-19T19:25:49.000Z", false],
    ["a space", "2018-12-19 19:25:49", "2018-12-19T19:25:49.000Z", false],
    ["compact day with a time", "20181219T19:25", "2018-12-19T19:25:00.000Z", false],
    ["Z", "2018-12-19T19:25:49Z", "2018-12-19T19:25:49.000Z", false],
    ["small letters", "2018-12-19t19:25:49z", "2018-12-19T19:25:49.000Z", false],
    ["milliseconds", "2018-12-19T19:25:49.971Z", "2018-12-19T19:25:49.971Z", false],
    ["one digit of a fraction", "2018-12-19T19:25:49.5", "2018-12-19T19:25:49.500Z", false],
    ["microseconds are cut", "2018-12-19T19:25:49.971999Z", "2018-12-19T19:25:49.971Z", false],
    ["nine digits are cut", "2018-12-19T19:25:49.000999999Z", "2018-12-19T19:25:49.000Z", false],
    ["an offset", "2018-12-19T19:25+01:00", "2018-12-19T18:25:00.000Z", false],
    ["a negative offset over midnight", "2018-12-31T23:30-05:30", "2019-01-01T05:00:00.000Z", false],
    ["an offset without colon", "2018-12-19T19:25+0100", "2018-12-19T18:25:00.000Z", false],
    ["an offset of hours", "2018-12-19T19:25+01", "2018-12-19T18:25:00.000Z", false],
    ["midnight", "2018-12-19T00:00", "2018-12-19T00:00:00.000Z", false],
    ["29 February of a leap year", "2024-02-29", "2024-02-29T00:00:00.000Z", true],
    ["29 February of 2000", "2000-02-29", "2000-02-29T00:00:00.000Z", true],
    ["the first year", "0001-01-01", "0001-01-01T00:00:00.000Z", true],
    ["a year below 100", "0050-06-01T12:00", "0050-06-01T12:00:00.000Z", false],
    ["the last millisecond", "9999-12-31T23:59:59.999", "9999-12-31T23:59:59.999Z", false],
  ])("parses %s: %s", (_name, text, expected, isDay) => {
    const instant = parseInstant(text);
    expect(instant?.at.toISOString()).toBe(expected);
    expect(instant?.isDay).toBe(isDay);
  });

  it.each([
    ["nothing", ""],
    ["null", "null"],
    ["an epoch", "1545247549"],
    ["a number", "12"],
    ["a word", "yesterday"],
    ["30 February", "2024-02-30"],
    ["29 February", "2023-02-29"],
    ["29 February of 1900", "1900-02-29"],
    ["month 0", "2024-00-10"],
    ["month 13", "2024-13-10"],
    ["day 0", "2024-01-00"],
    ["day 32", "2024-01-32"],
    ["year 0", "0000-12-31"],
    ["hour 24", "2024-01-01T24:00"],
    ["minute 60", "2024-01-01T10:60"],
    ["second 60", "2024-01-01T10:00:60"],
    ["offset hour 24", "2024-01-01T10:00+24:00"],
    ["offset minute 60", "2024-01-01T10:00+01:60"],
    ["an hour alone", "2024-01-01T10"],
    ["one-digit parts", "2024-1-1"],
    ["half compact", "2024-0101"],
    ["a fraction of a minute", "2024-01-01T10:00.5"],
    ["a point and no digits", "2024-01-01T10:00:00."],
    ["spaces around", " 2024-01-01"],
    ["a line end after", "2024-01-01\n"],
    ["more after it", "2024-01-01T10:00Zx"],
    ["a five-digit year", "12024-01-01"],
    ["full-width digits", "２０２４-01-01"],
    ["the year 0 by its offset", "0001-01-01T00:00+01:00"],
    ["the year 10000 by its offset", "9999-12-31T23:59-01:00"],
  ])("rejects %s: %j", (_name, text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it("parses the ISO text of any date", () => {
    const date = fc.date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true });
    fc.assert(
      fc.property(date, (at) => {
        expect(parseInstant(at.toISOString())).toEqual({ at, isDay: false });
        expect(parseInstant(at.toISOString().slice(0, 10))?.at.toISOString().slice(0, 10)).toBe(at.toISOString().slice(0, 10));
      }),
    );
  });

  it("never throws, and returns only moments that can be stored", () => {
    const likely = fc.string({ unit: fc.constantFrom(..."0123456789-:T+Z. ".split("")), maxLength: 30 });
    fc.assert(
      fc.property(fc.oneof(likely, fc.string({ unit: "binary" })), (text) => {
        const instant = parseInstant(text);
        expect(instant === null || isStorableInstant(instant.at)).toBe(true);
      }),
    );
  });
});

describe("isStorableInstant", () => {
  it.each([
    [new Date(Number.NaN), false],
    [new Date(8.64e15), false],
    [new Date(-8.64e15), false],
    [new Date(0), true],
  ])("%s", (at, expected) => {
    expect(isStorableInstant(at)).toBe(expected);
  });
});
