import { expect, test } from "vitest";
import { sameQuery } from "./same-query.ts";

test.each([
  ["", "", true],
  ["", "view=all", true],
  ["a=1&b=2", "b=2&a=1", true],
  ["a=1&a=2", "a=2&a=1", false],
  ["a=1", "a=1&cursor=0%3A1%3A0", true],
  ["a=1", "a=1&b=1", false],
  ["a=1&b=1", "a=1", false],
  ["a=x%20y", "a=x+y", true],
  ["a=1", "b=1", false],
  ["a=1&a=2", "a=1%2C2", false],
])("%j and %j show the same: %j", (a, b, isSame) => {
  expect(sameQuery(a, b)).toBe(isSame);
});
