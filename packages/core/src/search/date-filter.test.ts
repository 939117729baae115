import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DateRangeParams, parseDateRange } from "./date-filter.ts";
import { isQueryError, QueryError } from "./search-error.ts";

const now = new Date("2024-03-15T12:00:00Z");

const range = (params: DateRangeParams) => {
  const parsed = parseDateRange(params, now);
  return parsed === null ? null : [parsed.from.toISOString(), parsed.to.toISOString()];
};

describe("parseDateRange", () => {
  it.each<[string, DateRangeParams]>([
    ["nothing is sent", {}],
    ["everything is null", { statsPeriod: null, start: null, end: null, statsPeriodStart: null, statsPeriodEnd: null }],
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
      "statsPeriod before all others, which are not read",
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
  ])("reads %s", (_name, params, from, to) => {
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
  ])("refuses %j", (params, why) => {
    expect(() => parseDateRange(params, now)).toThrow(new QueryError(`Invalid date range: ${why}`));
  });

  it("answers a range that goes forward, null or a SearchError, for any parameters", () => {
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
