import { describe, expect, it } from "vitest";
import { parseReleaseQuery } from "./parse-release-query.ts";
import { QueryError } from "./search-error.ts";

const now = new Date("2024-03-15T12:00:00Z");

describe("finalized:", () => {
  it.each([
    ["finalized:true", true],
    ["finalized:false", false],
    ['finalized:"true"', true],
    ["!finalized:true", false],
    ["!finalized:false", true],
  ])("%s", (query, value) => {
    expect(parseReleaseQuery(query, now)).toEqual([{ kind: "finalized", value }]);
  });

  it.each(["finalized:wrong_value", "finalized:True", "finalized:1", "finalized:[true]", "finalized:>true", "!finalized:x"])(
    "L21: %s filters nothing",
    (query) => {
      expect(parseReleaseQuery(query, now)).toEqual([]);
    },
  );

  it("still needs a value", () => {
    expect(() => parseReleaseQuery("finalized:", now)).toThrow(new QueryError("Empty string after 'finalized:'"));
  });
});
