import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pythonNumberText } from "./python-number-text.ts";

describe("pythonNumberText", () => {
  it.each([
    [1, "1"],
    [0, "0"],
    [-0, "0"],
    [-17, "-17"],
    [1.5, "1.5"],
    [1 / 3, "0.3333333333333333"],
    [123456789012345, "123456789012345"],
    [1e21, "1000000000000000000000"],
    [12345678901234567890n, "12345678901234567890"],
    [-3n, "-3"],
    [0.0001, "0.0001"],
    [0.00012345, "0.00012345"],
    [0.00001, "1e-05"],
    [1.5e-7, "1.5e-07"],
    [-1.5e-10, "-1.5e-10"],
    [1e-100, "1e-100"],
    [5e-324, "5e-324"],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    [Number.NEGATIVE_INFINITY, null],
  ])("writes %s as %j", (value, text) => {
    expect(pythonNumberText(value)).toBe(text);
  });

  it("writes every finite number so that it reads back the same", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(pythonNumberText(value))).toBe(Object.is(value, -0) ? 0 : value);
      }),
    );
  });
});
