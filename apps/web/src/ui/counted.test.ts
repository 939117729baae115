import { expect, test } from "vitest";
import { counted } from "./counted.ts";

test("numbers are said with their noun", () => {
  expect([counted(0, "commit"), counted(1, "person", "people"), counted(1200, "person", "people")]).toEqual([
    "0 commits",
    "1 person",
    "1,200 people",
  ]);
});
