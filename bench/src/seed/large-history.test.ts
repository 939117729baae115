import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largeSearches } from "./large-history.ts";
import { versionAt } from "./seed-release.ts";

const searchOf = (name: string, size: number) => {
  const found = largeSearches.find((one) => one.name.startsWith(name));
  if (!found) throw new Error(`there is no search ${name}`);
  return new URLSearchParams(found.search(size));
};

/** The three numbers of a version as one number in the same order; null for a hash. */
const rank = (version: string): number | null => {
  const [, major, minor, patch] = /^\w+@(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return major === undefined ? null : Number(major) * 10_000 + Number(minor) * 100 + Number(patch);
};

describe("largeSearches", () => {
  it("have unique names, the first page first", () => {
    const names = largeSearches.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names[0]).toBe("first page, 100 rows");
  });

  it.each([1000, 20_000, 100_000])("find about one release of a hundred by version among %d", (size) => {
    const bound = rank(`web@${searchOf("release.version", size).get("query")?.split(">=")[1]}`);
    const matching = Array.from({ length: size }, (_, index) => rank(versionAt("web", index))).filter(
      (one) => one !== null && bound !== null && one >= bound,
    );
    expect(matching.length / size).toBeGreaterThan(0.005);
    expect(matching.length / size).toBeLessThan(0.02);
  });

  it("search for text in one version of a hundred, and in none", () => {
    const versions = Array.from({ length: 10_000 }, (_, index) => versionAt("web", index));
    const having = (name: string) => versions.filter((version) => version.includes(searchOf(name, 1).get("query") ?? "")).length;
    expect(having("text in 1 of 100")).toBe(100);
    expect(having("text in no version")).toBe(0);
  });

  it("request the last hundred rows at any size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 10_000 }), (hundreds) => {
        const [step = 0, page = 0] = (searchOf("last page", hundreds * 100).get("cursor") ?? "").split(":").map(Number);
        expect(step * page + 100).toBe(hundreds * 100);
      }),
    );
  });
});
