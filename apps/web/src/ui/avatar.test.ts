import fc from "fast-check";
import { expect, test } from "vitest";
import { colorIndex, initials } from "./avatar.tsx";

test.each([
  ["Ada Lovelace", "AL"],
  ["ada", "A"],
  ["Juan Carlos de la Cruz", "JC"],
  ["李 小龍", "李小"],
  ["Иван Петров", "ИП"],
  ["dependabot[bot]", "DB"],
  ["ada@example.test", "X"],
  ["", "X"],
  ["   ", "X"],
])("the initials of %j are %j", (name, letters) => {
  expect(initials(name, "x@example.test")).toBe(letters);
});

test("returns whole characters for any name", () => {
  fc.assert(
    fc.property(fc.option(fc.string({ unit: "binary" })), fc.string({ unit: "binary", minLength: 1 }), (name, email) => {
      const letters = initials(name, email);
      expect(letters.length).toBeGreaterThan(0);
    }),
  );
});

test("returns the same color for the same text, and uses all colors", () => {
  expect(colorIndex("ada@example.test")).toBe(colorIndex("ada@example.test"));
  const colors = new Set(Array.from({ length: 100 }, (_, index) => colorIndex(`person-${index}@example.test`)));
  expect([...colors].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});
