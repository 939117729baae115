import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instant, instantOrNull } from "./instant.ts";

describe("instant", () => {
  it.each([
    ["2018-12-19T19:25:49.971Z", "2018-12-19T19:25:49.971Z"],
    ["2018-09-20T08:50:22.000Z", "2018-09-20T08:50:22Z"],
    ["2018-09-20T08:50:22.100Z", "2018-09-20T08:50:22.100Z"],
    ["1000-10-10T06:06:00.000Z", "1000-10-10T06:06:00Z"],
  ])("%s is %s", (date, text) => expect(instant(new Date(date))).toBe(text));

  it("is parsed to the same date", () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true }),
        (date) => {
          expect(new Date(instant(date))).toEqual(date);
        },
      ),
    ));

  it("keeps null", () => expect(instantOrNull(null)).toBeNull());
});
