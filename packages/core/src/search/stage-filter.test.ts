import { describe, expect, it } from "vitest";
import { parseReleaseQuery } from "./parse-release-query.ts";
import { QueryError } from "./search-error.ts";
import { singleEnvironmentMessage } from "./stage-filter.ts";

const now = new Date("2024-03-15T12:00:00Z");

describe("release.stage:", () => {
  it.each([
    ["release.stage:adopted", false, ["adopted"]],
    ["release.stage:low_adoption", false, ["low_adoption"]],
    ["!release.stage:replaced", true, ["replaced"]],
    ["release.stage:[adopted, low_adoption]", false, ["adopted", "low_adoption"]],
    ["!release.stage:[replaced]", true, ["replaced"]],
  ])("%s", (query, negated, values) => {
    expect(parseReleaseQuery(query, now)).toEqual([{ kind: "stage", negated, values }]);
  });

  it.each(["release.stage:x", "release.stage:Adopted", "release.stage:[adopted,x]", "release.stage:>adopted", 'release.stage:""'])(
    "refuses %s",
    (query) => {
      expect(() => parseReleaseQuery(query, now)).toThrow(new QueryError("Unsupported release.stage value."));
    },
  );

  it("leaves the environment to its caller, with the text of the wire", () => {
    expect(singleEnvironmentMessage).toBe("Choose a single environment to filter by release stage.");
  });
});
