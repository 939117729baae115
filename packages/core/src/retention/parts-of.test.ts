import * as fc from "fast-check";
import { expect, test } from "vitest";
import { splitByWeight } from "./parts-of.ts";

test("everything is in one part, in its order, and no part of several is too heavy", () => {
  const weights = fc.array(fc.nat(12), { maxLength: 40 });
  fc.assert(
    fc.property(weights, fc.integer({ min: 1, max: 10 }), (items, most) => {
      const parts = splitByWeight(items, (item) => item, most);
      expect(parts.flat()).toEqual(items);
      for (const part of parts) expect(part.length === 1 || part.reduce((sum, item) => sum + item, 0) <= most).toBe(true);
      expect(parts.every((part) => part.length > 0)).toBe(true);
    }),
  );
});

test("parts are as large as they may be", () => {
  expect(splitByWeight([1, 2, 3, 9, 1, 1], (item) => item, 6)).toEqual([[1, 2, 3], [9], [1, 1]]);
});
