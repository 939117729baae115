import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantile, ratio, spread } from "./statistics.ts";

const measured = fc.array(fc.double({ min: 0.001, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 40 });

describe("spread", () => {
  it.each([
    [[3], { min: 3, median: 3, max: 3 }],
    [[1, 2], { min: 1, median: 1.5, max: 2 }],
    [[9, 1, 5], { min: 1, median: 5, max: 9 }],
    [[4, 100, 1, 3], { min: 1, median: 3.5, max: 100 }],
  ])("of %j is %j", (values, expected) => {
    expect(spread(values)).toEqual(expected);
  });

  it("does not change its input", () => {
    const values = [3, 1, 2];
    spread(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it("rejects an empty list", () => {
    expect(() => spread([])).toThrow("no measurements");
  });

  it("has the same number of values on both sides of the median", () => {
    fc.assert(
      fc.property(measured, (values) => {
        const { min, median, max } = spread(values);
        expect(min).toBeLessThanOrEqual(median);
        expect(median).toBeLessThanOrEqual(max);
        const half = values.length / 2;
        expect(values.filter((value) => value < median).length).toBeLessThanOrEqual(half);
        expect(values.filter((value) => value > median).length).toBeLessThanOrEqual(half);
      }),
    );
  });
});

describe("quantile", () => {
  it.each([
    [0, 10],
    [0.25, 12.5],
    [0.5, 15],
    [0.99, 19.9],
    [1, 20],
    [7, 20],
    [-1, 10],
  ])("%d of 10 to 20 is %d", (q, expected) => {
    expect(quantile([10, 20], q)).toBeCloseTo(expected, 9);
  });

  it("is NaN without values", () => {
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe("ratio", () => {
  it("compares values of the same round", () => {
    expect(ratio([10, 1, 100], [20, 2, 200])).toEqual({ min: 0.5, median: 0.5, max: 0.5 });
  });

  it("is not the ratio of the medians", () => {
    expect(ratio([1, 10, 10], [10, 10, 1]).median).toBe(1);
    expect(ratio([1, 2, 9], [1, 1, 1])).toEqual({ min: 1, median: 2, max: 9 });
  });

  it("rejects different numbers of rounds", () => {
    expect(() => ratio([1, 2], [1])).toThrow("2 rounds cannot be compared with 1");
  });

  it("is inverted when the two are swapped", () => {
    fc.assert(
      fc.property(measured, (values) => {
        const others = values.map((value, index) => value + index + 1);
        expect(ratio(values, others).min * ratio(others, values).max).toBeCloseTo(1, 6);
      }),
    );
  });
});
