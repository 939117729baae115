import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isStage, orderEnvironments } from "./columns.ts";

const ordered = (...names: string[]) => orderEnvironments(names.map((name) => ({ name }))).map(({ name }) => name);

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
  ])("puts %j as %j", (given, expected) => expect(ordered(...given)).toEqual(expected));

  it("keeps every environment, and answers the same whatever order they come in", () => {
    const names = fc.uniqueArray(fc.oneof(fc.constantFrom("dev", "qa", "staging", "prod", "canary", "eu-prod", ""), fc.string()));
    fc.assert(
      fc.property(names, (given) => {
        expect(ordered(...given)).toEqual(ordered(...given.toReversed()));
        expect(ordered(...given).toSorted()).toEqual(given.toSorted());
      }),
    );
  });
});

describe("isStage", () => {
  it.each(["dev", "QA", "review/pr-12", "staging", "prod-eu", "live", "Pre-Prod"])("knows %j", (name) => expect(isStage(name)).toBe(true));
  it.each(["", "customer-a", "product", "delivery", "testimonials"])("does not know %j", (name) => expect(isStage(name)).toBe(false));
});
