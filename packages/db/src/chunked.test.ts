import * as fc from "fast-check";
import { expect, test } from "vitest";
import { chunked } from "./chunked.ts";

const row = (width: number, value: number) => Object.fromEntries(Array.from({ length: width }, (_, column) => [`c${column}`, value]));
const rows = (count: number, width: number) => Array.from({ length: count }, (_, n) => row(width, n));

test.each([
  { count: 0, width: 3, parts: [] },
  { count: 1, width: 3, parts: [1] },
  { count: 500, width: 3, parts: [500] },
  { count: 1_001, width: 3, parts: [500, 500, 1] },
  { count: 700, width: 100, parts: [327, 327, 46] },
])("$count rows of $width values become parts of $parts", ({ count, width, parts }) => {
  expect(chunked(rows(count, width)).map((part) => part.length)).toEqual(parts);
});

test("the widest row counts, and a caller may say that more is bound", () => {
  const ragged = [{ a: 1 }, ...rows(400, 120)];
  expect(chunked(ragged).map((part) => part.length)).toEqual([273, 128]);
  expect(chunked(rows(10, 1), 16_000).map((part) => part.length)).toEqual([2, 2, 2, 2, 2]);
  expect(chunked(rows(2, 1), 99_999).map((part) => part.length)).toEqual([1, 1]);
});

test("every row is in exactly one part, in order, and no part binds too much", () => {
  fc.assert(
    fc.property(fc.nat(3_000), fc.integer({ min: 1, max: 90 }), (count, width) => {
      const all = rows(count, width);
      const parts = chunked(all);
      expect(parts.flat()).toEqual(all);
      for (const part of parts) expect(part.length * width).toBeLessThanOrEqual(32_766);
    }),
    { numRuns: 20 },
  );
});
