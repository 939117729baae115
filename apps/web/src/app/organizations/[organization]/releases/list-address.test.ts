import { BROWSE_SORTS } from "@landfall/schema/browse-sorts";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { queryOf } from "../../../../ui/addresses.ts";
import { addressQuery, isFiltered, listInput, PERIODS, readAddress, readView, STATUSES, viewText, WHOLE_LIST } from "./list-address.ts";

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
        expect(readView(viewText(address))).toEqual(inOrder);
        expect(readView(queryOf(addressQuery(address, "0:1:0")).slice(1))).toEqual(inOrder);
        expect(queryOf(addressQuery(address))).not.toBe("");
      }),
    );
  });

  it("is the same view in any order, on any page", () => {
    const one = readAddress({ project: ["b", "a", "b"], query: " x ", cursor: "0:4:0" });
    const other = readAddress({ query: "x", project: ["a", "b"] });
    expect(viewText(one)).toBe("query=x&project=a&project=b");
    expect(viewText(other)).toBe(viewText(one));
  });

  test.each([
    ["", WHOLE_LIST, false],
    ["status=open", WHOLE_LIST, false],
    ["status=gone&period=5y&sort=weight", WHOLE_LIST, false],
    ["status=all&sort=semver", { ...WHOLE_LIST, status: "all", sort: "semver" }, false],
    ["period=7d", { ...WHOLE_LIST, period: "7d" }, true],
    ["query=latest", { ...WHOLE_LIST, query: "latest" }, true],
    ["project=web&environment=production", { ...WHOLE_LIST, projects: ["web"], environments: ["production"] }, true],
  ])("%j", (text, address, filters) => {
    expect(readView(text)).toEqual(address);
    expect(isFiltered(readView(text))).toBe(filters);
  });

  it("asks operations for all states and any time in their words", () => {
    expect(listInput(WHOLE_LIST)).toEqual({ query: "", project: [], environment: [], status: "open" });
    expect(listInput({ ...WHOLE_LIST, status: "all", period: "24h" })).toMatchObject({ status: "", statsPeriod: "24h" });
  });
});
