import fc from "fast-check";
import { expect, test } from "vitest";
import { initials } from "./initials.ts";

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
