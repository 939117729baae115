import { expect, test } from "vitest";
import { colorIndex } from "./tone-of.ts";

test("the same text has the same tone, and many texts have all of them", () => {
  expect(colorIndex("ada@example.test")).toBe(colorIndex("ada@example.test"));
  const tones = new Set(Array.from({ length: 100 }, (_, at) => colorIndex(`person-${at}@example.test`)));
  expect([...tones].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});
