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
])("%j is %j", (name, letters) => {
  expect(initials(name, "x@example.test")).toBe(letters);
});

test("anybody has one or two whole characters", () => {
  fc.assert(
    fc.property(fc.option(fc.string({ unit: "binary" })), fc.string({ unit: "binary", minLength: 1 }), (name, email) => {
      const letters = initials(name, email);
      expect(letters.length).toBeGreaterThan(0);
    }),
  );
});

test("the same text has the same tone, and many texts have all of them", () => {
  expect(colorIndex("ada@example.test")).toBe(colorIndex("ada@example.test"));
  const tones = new Set(Array.from({ length: 100 }, (_, at) => colorIndex(`person-${at}@example.test`)));
  expect([...tones].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});
