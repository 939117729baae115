import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isStage, orderEnvironments } from "./columns.ts";

const sorted = (...names: string[]) => orderEnvironments(names.map((name) => ({ name }))).map(({ name }) => name);

describe("orderEnvironments", () => {
  it.each([
    [
      ["production", "staging", "development"],
      ["development", "staging", "production"],
    ],
    [
      ["prod", "canary", "uat", "qa", "dev"],
      ["dev", "qa", "uat", "canary", "prod"],
    ],
    [
      ["prod-eu", "prod-us", "Staging"],
      ["Staging", "prod-eu", "prod-us"],
    ],
    [
      ["production", "pre-production", "preprod-2"],
      ["pre-production", "preprod-2", "production"],
    ],
    [
      ["production", "customer-a", "canary", "staging"],
      ["staging", "canary", "customer-a", "production"],
    ],
    [
      ["b", "a"],
      ["a", "b"],
    ],
    [[], []],
  ])("sorts %j as %j", (names, expected) => expect(sorted(...names)).toEqual(expected));

  it("keeps every environment and does not depend on the order of the input", () => {
    const arbitraryNames = fc.uniqueArray(fc.oneof(fc.constantFrom("dev", "qa", "staging", "prod", "canary", "eu-prod", ""), fc.string()));
    fc.assert(
      fc.property(arbitraryNames, (names) => {
        expect(sorted(...names)).toEqual(sorted(...names.toReversed()));
        expect(sorted(...names).toSorted()).toEqual(names.toSorted());
      }),
    );
  });
});

describe("isStage", () => {
  it.each(["dev", "QA", "review/pr-12", "staging", "prod-eu", "live", "Pre-Prod"])("finds a stage in %j", (name) =>
    expect(isStage(name)).toBe(true),
  );
  it.each(["", "customer-a", "product", "delivery", "testimonials"])("finds no stage in %j", (name) => expect(isStage(name)).toBe(false));
});
