import { BROWSE_SORTS } from "@landfall/schema/constants";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { queryString } from "#ui/organization-urls.ts";
import {
  DEFAULT_FILTERS,
  filtersInput,
  filtersQuery,
  isFiltered,
  parseFilters,
  parseSavedView,
  PERIODS,
  savedViewQuery,
  STATUSES,
} from "./list-filters.ts";

const anAddress = fc.record({
  query: fc.string().map((text) => text.trim()),
  projects: fc.uniqueArray(fc.string({ minLength: 1 })),
  environments: fc.uniqueArray(fc.string({ minLength: 1 })),
  status: fc.constantFrom(...STATUSES),
  period: fc.constantFrom(...PERIODS),
  sort: fc.constantFrom(...BROWSE_SORTS),
});

describe("the address of the list", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(anAddress, (address) => {
        const inOrder = { ...address, projects: address.projects.toSorted(), environments: address.environments.toSorted() };
        expect(parseSavedView(savedViewQuery(address))).toEqual(inOrder);
        expect(parseSavedView(queryString(filtersQuery(address, "0:1:0")).slice(1))).toEqual(inOrder);
        expect(queryString(filtersQuery(address))).not.toBe("");
      }),
    );
  });

  it("is the same view in any order, on any page", () => {
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
    ["query=latest", { ...DEFAULT_FILTERS, query: "latest" }, true],
    ["project=web&environment=production", { ...DEFAULT_FILTERS, projects: ["web"], environments: ["production"] }, true],
  ])("%j", (text, address, filters) => {
    expect(parseSavedView(text)).toEqual(address);
    expect(isFiltered(parseSavedView(text))).toBe(filters);
  });

  it("asks operations for all states and any time in their words", () => {
    expect(filtersInput(DEFAULT_FILTERS)).toEqual({ query: "", project: [], environment: [], status: "open" });
    expect(filtersInput({ ...DEFAULT_FILTERS, status: "all", period: "24h" })).toMatchObject({ status: "", statsPeriod: "24h" });
  });
});
