import { describe, expect, it } from "vitest";
import { parseReleaseQuery } from "./parse-release-query.ts";

const now = new Date("2024-03-15T12:00:00Z");

describe("release.package:", () => {
  it.each([
    ["release.package:test", false, ["test"]],
    ["!release.package:test", true, ["test"]],
    ["release.package:@scope/x", false, ["@scope/x"]],
    ["release.package:te*", false, ["te*"]],
    ["release.package:>test", false, [">test"]],
    ['release.package:"my app"', false, ["my app"]],
    ['release.package:[test,"my app"]', false, ["test", "my app"]],
    ["!release.package:[a, b]", true, ["a", "b"]],
  ])("%s", (query, negated, values) => {
    expect(parseReleaseQuery(query, now)).toEqual([{ kind: "package", negated, values }]);
  });
});
