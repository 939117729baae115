import fc from "fast-check";
import { expect, test } from "vitest";
import { rowWindow, VIRTUALIZE_ABOVE } from "./board-grid.tsx";

const rowHeight = 50;

test("renders all of few rows", () => {
  expect(rowWindow({ scrollTop: 900, height: 100, rowHeight, count: VIRTUALIZE_ABOVE })).toEqual({
    from: 0,
    to: VIRTUALIZE_ABOVE,
    above: 0,
    below: 0,
  });
});

test("renders the visible rows of many, and some around them", () => {
  expect(rowWindow({ scrollTop: 0, height: 500, rowHeight, count: 300 })).toEqual({ from: 0, to: 22, above: 0, below: 278 * 50 });
  expect(rowWindow({ scrollTop: 5000, height: 500, rowHeight, count: 300 })).toEqual({ from: 88, to: 122, above: 4400, below: 178 * 50 });
  expect(rowWindow({ scrollTop: 14_500, height: 500, rowHeight, count: 300 })).toMatchObject({ to: 300, below: 0 });
});

test("renders every visible row at any scroll position, with a constant total height", () => {
  fc.assert(
    fc.property(fc.nat(2000), fc.integer({ min: -100, max: 200_000 }), fc.nat(2000), (count, scrollTop, height) => {
      const { from, to, above, below } = rowWindow({ scrollTop, height, rowHeight, count });
      expect(above + (to - from) * rowHeight + below).toBe(count * rowHeight);
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeGreaterThanOrEqual(from);
      const firstVisible = Math.floor(Math.max(0, scrollTop) / rowHeight);
      const lastVisible = Math.min(count, Math.ceil((Math.max(0, scrollTop) + height) / rowHeight)) - 1;
      if (firstVisible >= count || height === 0) return;
      expect(from).toBeLessThanOrEqual(firstVisible);
      expect(to).toBeGreaterThan(lastVisible);
    }),
  );
});
