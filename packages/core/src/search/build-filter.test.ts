import { describe, expect, it } from "vitest";
import { parseReleaseQuery } from "./parse-release-query.ts";
import { QueryError } from "./search-error.ts";

const now = new Date("2024-03-15T12:00:00Z");

const number = (operator: string, value: number, negated = false) => [
  { kind: "build", negated, match: { form: "number", operator, value } },
];
const code = (form: string, value: string, negated = false) => [{ kind: "build", negated, match: { form, value } }];

describe("release.build:", () => {
  it.each([
    ["release.build:124", number("=", 124)],
    ["release.build:>124", number(">", 124)],
    ["release.build:<125", number("<", 125)],
    ["release.build:>=124", number(">=", 124)],
    ["release.build:<=124", number("<=", 124)],
    ["!release.build:124", number("=", 124, true)],
    ["release.build:!=124", number("=", 124, true)],
    ["release.build:007", number("=", 7)],
    ["release.build:20200101100", number("=", 20_200_101_100)],
    ["release.build:9007199254740991", number("=", Number.MAX_SAFE_INTEGER)],
    ["release.build:9007199254740992", code("exact", "9007199254740992")],
    ["release.build:99999999999999999999", code("exact", "99999999999999999999")],
    ["release.build:whatever", code("exact", "whatever")],
    ["release.build:-2020", code("exact", "-2020")],
    ["release.build:1.2", code("exact", "1.2")],
    ["release.build:>what", code("exact", "what")],
    ["!release.build:what*", code("prefix", "what", true)],
    ["release.build:12*", code("prefix", "12")],
    ["release.build:*", code("prefix", "")],
    ['release.build:""', code("prefix", "")],
    ["release.build:*ever", code("exact", "*ever")],
    ["release.build:12\\*", code("exact", "12*")],
  ])("%s", (query, expected) => {
    expect(parseReleaseQuery(query, now)).toEqual(expected);
  });

  it("takes no list, and says what it takes", () => {
    expect(() => parseReleaseQuery("release.build:[1,2]", now)).toThrow(
      new QueryError("release.build takes one value, not a list: use a number with an operator, a build code, or a prefix and *."),
    );
  });
});
