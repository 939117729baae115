import { expect, test } from "vitest";
import { defaultQuery, sameQuery, viewUrl } from "./view-query.ts";

const view = (name: string, query: string, isDefault = false) => ({
  id: name,
  page: "board",
  name,
  query,
  isDefault,
  dateCreated: "2026-01-01T00:00:00.000Z",
});

test("returns the query of the default view unless it is empty", () => {
  expect(defaultQuery([])).toBeNull();
  expect(defaultQuery([view("a", "drift=1")])).toBeNull();
  expect(defaultQuery([view("a", "q=x"), view("b", "drift=1", true)])).toBe("drift=1");
  expect(defaultQuery([view("b", "", true)])).toBeNull();
});

test.each([
  ["drift=1", "/board?drift=1"],
  ["", "/board?view=all"],
])("links the view %j to %s, which never opens the default view", (query, url) => {
  expect(viewUrl("/board", query)).toBe(url);
});

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
])("compares %j and %j: %j", (a, b, isSame) => {
  expect(sameQuery(a, b)).toBe(isSame);
});
