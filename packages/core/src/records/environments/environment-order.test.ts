import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareEnvironments, defaultPosition, hasKnownPosition } from "./environment-order.ts";

const sorted = (...names: string[]) =>
  names
    .map((name) => ({ name, position: defaultPosition(name) }))
    .toSorted(compareEnvironments)
    .map(({ name }) => name);

describe("defaultPosition and compareEnvironments", () => {
  it.each([
    [
      ["development", "staging", "production"],
      ["production", "staging", "development"],
    ],
    [
      ["dev", "canary", "uat", "qa", "prod"],
      ["prod", "canary", "uat", "qa", "dev"],
    ],
    [
      ["prod-us", "prod-eu", "Staging"],
      ["prod-eu", "prod-us", "Staging"],
    ],
    [
      ["pre-production", "preprod-2", "production"],
      ["production", "pre-production", "preprod-2"],
    ],
    [
      ["staging", "customer-a", "canary", "production"],
      ["production", "customer-a", "canary", "staging"],
    ],
    [
      ["b", "a"],
      ["a", "b"],
    ],
    [[], []],
  ])("sort %j as %j", (names, expected) => expect(sorted(...names)).toEqual(expected));

  it("keep every environment and do not depend on the order of the input", () => {
    const arbitraryNames = fc.uniqueArray(fc.oneof(fc.constantFrom("dev", "qa", "staging", "prod", "canary", "eu-prod", ""), fc.string()));
    fc.assert(
      fc.property(arbitraryNames, (names) => {
        expect(sorted(...names)).toEqual(sorted(...names.toReversed()));
        expect(sorted(...names).toSorted()).toEqual(names.toSorted());
      }),
    );
  });
});

describe("hasKnownPosition", () => {
  it.each(["dev", "QA", "review/pr-12", "staging", "prod-eu", "live", "Pre-Prod"])("finds a stage in %j", (name) =>
    expect(hasKnownPosition(defaultPosition(name))).toBe(true),
  );
  it.each(["", "customer-a", "product", "delivery", "testimonials"])("finds no stage in %j", (name) =>
    expect(hasKnownPosition(defaultPosition(name))).toBe(false),
  );
  it("is true for an environment that the organization ordered", () => expect(hasKnownPosition(0)).toBe(true));
});
