import { describe, expect, it } from "vitest";
import { body } from "./body.ts";
import { issuesOf } from "./issues-of.ts";
import { text } from "./text.ts";

const release = body({ version: text(), ref: text({ blank: true }).nullish() });

describe("body", () => {
  it("reads an object as any other", () => {
    expect(release.parse({ version: "1", dateStarted: "now" })).toEqual({ version: "1" });
  });

  it("takes a missing body for an empty object", () => {
    expect(issuesOf(release, undefined)).toEqual({ version: ["This field is required."] });
    expect(body({ ref: text().nullish() }).parse(undefined)).toEqual({});
  });

  it.each([
    [null, "No data provided"],
    [[], "Invalid data. Expected a dictionary, but got list."],
    ["x", "Invalid data. Expected a dictionary, but got str."],
    [1, "Invalid data. Expected a dictionary, but got int."],
    [1.5, "Invalid data. Expected a dictionary, but got float."],
    [false, "Invalid data. Expected a dictionary, but got bool."],
  ])("refuses the body %j with %j under non_field_errors", (value, message) => {
    expect(issuesOf(release, value)).toEqual({ non_field_errors: [message] });
  });
});
