import { expect, test } from "vitest";
import { defaultQuery } from "./default-view.ts";

const view = (name: string, query: string, isDefault = false) => ({
  id: name,
  page: "board",
  name,
  query,
  isDefault,
  dateCreated: "2026-01-01T00:00:00.000Z",
});

test("a page opens with the default view, if it shows anything but what comes anyway", () => {
  expect(defaultQuery([])).toBeNull();
  expect(defaultQuery([view("a", "drift=1")])).toBeNull();
  expect(defaultQuery([view("a", "q=x"), view("b", "drift=1", true)])).toBe("drift=1");
  expect(defaultQuery([view("b", "", true)])).toBeNull();
});
