import { describe, expect, it } from "vitest";
import { dateTime } from "./date-time.ts";
import { issuesOf } from "./issues-of.ts";

const WRONG = "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].";

describe("dateTime", () => {
  it("answers a Date in UTC, cut to milliseconds", () => {
    expect(dateTime().parse("2026-11-23T21:04:40.115961030Z")).toEqual(new Date("2026-11-23T21:04:40.115Z"));
  });

  it("takes a Date of a caller in the same process, as a copy", () => {
    const given = new Date("2018-12-19T19:25:49.971Z");
    const read = dateTime().parse(given);
    expect(read).toEqual(given);
    expect(read).not.toBe(given);
  });

  it.each(["now", "", " 2018-12-19", 1_545_247_549, 1.5, true, [], {}, new Date(Number.NaN), new Date(8.64e15)])(
    "refuses %j in the contract's words",
    (value) => {
      expect(issuesOf(dateTime(), value)).toEqual({ "": [WRONG] });
    },
  );

  it("tells missing and null apart from a wrong format", () => {
    expect(issuesOf(dateTime(), undefined)).toEqual({ "": ["This field is required."] });
    expect(issuesOf(dateTime(), null)).toEqual({ "": ["This field may not be null."] });
    expect(dateTime().nullish().parse(null)).toBeNull();
  });
});
