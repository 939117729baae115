import { BROWSE_SORTS } from "@landfall/schema/constants";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { queryString } from "#ui/organization-urls.ts";
import {
  DEFAULT_FILTERS,
  filtersInput,
  filtersQuery,
  isFiltered,
  LACKING_OPTIONS,
  type ListFilters,
  parseFilters,
  PERIODS,
  savedViewQuery,
  STATUSES,
} from "./list-filters.ts";

function parse(query: string): ListFilters {
  const params = new URLSearchParams(query);
  return parseFilters(Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)])));
}

const anyFilters = fc.record({
  query: fc.string().map((text) => text.trim()),
  projects: fc.uniqueArray(fc.string({ minLength: 1 })),
  environments: fc.uniqueArray(fc.string({ minLength: 1 })),
  status: fc.constantFrom(...STATUSES),
  period: fc.constantFrom(...PERIODS),
  lacking: fc.constantFrom(...LACKING_OPTIONS),
  sort: fc.constantFrom(...BROWSE_SORTS),
});

describe("list filters", () => {
  it("round-trip through a query", () => {
    fc.assert(
      fc.property(anyFilters, (filters) => {
        const inOrder = { ...filters, projects: filters.projects.toSorted(), environments: filters.environments.toSorted() };
        expect(parse(savedViewQuery(filters))).toEqual(inOrder);
        expect(parse(queryString(filtersQuery(filters, "0:1:0")).slice(1))).toEqual(inOrder);
        expect(queryString(filtersQuery(filters))).not.toBe("");
      }),
    );
  });

  it("ignore order and cursor in a saved view", () => {
    const one = parseFilters({ project: ["b", "a", "b"], query: " x ", cursor: "0:4:0" });
    const other = parseFilters({ query: "x", project: ["a", "b"] });
    expect(savedViewQuery(one)).toBe("query=x&project=a&project=b");
    expect(savedViewQuery(other)).toBe(savedViewQuery(one));
  });

  test.each([
    ["", DEFAULT_FILTERS, false],
    ["status=open", DEFAULT_FILTERS, false],
    ["status=gone&period=5y&sort=weight", DEFAULT_FILTERS, false],
    ["status=all&sort=semver", { ...DEFAULT_FILTERS, status: "all", sort: "semver" }, false],
    ["period=7d", { ...DEFAULT_FILTERS, period: "7d" }, true],
    ["lacking=deploys", { ...DEFAULT_FILTERS, lacking: "deploys" }, true],
    ["lacking=sleep", DEFAULT_FILTERS, false],
    ["query=latest", { ...DEFAULT_FILTERS, query: "latest" }, true],
    ["project=web&environment=production", { ...DEFAULT_FILTERS, projects: ["web"], environments: ["production"] }, true],
  ])("are parsed from %j", (text, filters, expected) => {
    expect(parse(text)).toEqual(filters);
    expect(isFiltered(parse(text))).toBe(expected);
  });

  it("become operation input, with an empty status for all", () => {
    expect(filtersInput(DEFAULT_FILTERS)).toEqual({ query: "", project: [], environment: [], status: "open" });
    expect(filtersInput({ ...DEFAULT_FILTERS, status: "all", period: "24h" })).toMatchObject({ status: "", statsPeriod: "24h" });
  });
});
