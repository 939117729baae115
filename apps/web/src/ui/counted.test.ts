import { expect, test } from "vitest";
import { formatCount } from "./counted.ts";

test("numbers are said with their noun", () => {
  expect([formatCount(0, "commit"), formatCount(1, "person", "people"), formatCount(1200, "person", "people")]).toEqual([
    "0 commits",
    "1 person",
    "1,200 people",
  ]);
});
