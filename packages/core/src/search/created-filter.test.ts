import { describe, expect, it } from "vitest";
import { parseReleaseQuery } from "./parse-release-query.ts";
import { QueryError } from "./search-error.ts";

const now = new Date("2024-03-15T12:00:00Z");

const bound = (text: string, inclusive: boolean) => ({ at: new Date(text), inclusive });

const created = (from: ReturnType<typeof bound> | null, to: ReturnType<typeof bound> | null, negated = false) => [
  { kind: "created", negated, from, to },
];

describe("release.created:", () => {
  it.each([
    ["release.created:>2024-01-01", created(bound("2024-01-01T00:00:00Z", false), null)],
    ["release.created:>=2024-01-01", created(bound("2024-01-01T00:00:00Z", true), null)],
    ["release.created:<2024-01-01T10:30", created(null, bound("2024-01-01T10:30:00Z", false))],
    ["release.created:<=2024-01-01T10:30:00+02:00", created(null, bound("2024-01-01T08:30:00Z", true))],
    ['release.created:>"2024-01-01 10:30"', created(bound("2024-01-01T10:30:00Z", false), null)],
    ["release.created:2024-02-29", created(bound("2024-02-29T00:00:00Z", true), bound("2024-03-01T00:00:00Z", false))],
    ["release.created:9999-12-31", created(bound("9999-12-31T00:00:00Z", true), null)],
    ["release.created:2024-02-29T10:00:00.5Z", created(bound("2024-02-29T10:00:00.5Z", true), bound("2024-02-29T10:00:00.5Z", true))],
    ["!release.created:2024-02-29", created(bound("2024-02-29T00:00:00Z", true), bound("2024-03-01T00:00:00Z", false), true)],
    ["release.created:!=20240229", created(bound("2024-02-29T00:00:00Z", true), bound("2024-03-01T00:00:00Z", false), true)],
    ["release.created:-7d", created(bound("2024-03-08T12:00:00Z", true), null)],
    ["release.created:+7d", created(null, bound("2024-03-08T12:00:00Z", true))],
    ["release.created:-24h", created(bound("2024-03-14T12:00:00Z", true), null)],
    ["release.created:+2w", created(null, bound("2024-03-01T12:00:00Z", true))],
    ["!release.created:-7d", created(bound("2024-03-08T12:00:00Z", true), null, true)],
  ])("%s", (query, expected) => {
    expect(parseReleaseQuery(query, now)).toEqual(expected);
  });

  it.each([
    ["a word", "yesterday", "yesterday"],
    ["a day that is none", ">2024-02-30", "2024-02-30"],
    ["an age with an operator", ">-7d", "-7d"],
    ["an age without a sign", "7d", "7d"],
    ["an age without a unit", "-7", "-7"],
    ["an age of years", "-1y", "-1y"],
    ["an age before the year 1", "-9999999d", "-9999999d"],
    ["a list", "[2024-01-01,2024-01-02]", "[2024-01-01,2024-01-02]"],
    ["an empty text", '""', ""],
  ])("refuses %s and shows what it takes", (_name, value, shown) => {
    expect(() => parseReleaseQuery(`release.created:${value}`, now)).toThrow(
      new QueryError(
        `Invalid date after 'release.created:': '${shown}'. Use an ISO 8601 date such as >2024-01-31 or >=2024-01-31T08:00Z, or an age such as -7d or +7d.`,
      ),
    );
  });
});
