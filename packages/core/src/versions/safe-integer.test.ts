import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeInteger } from "./safe-integer.ts";

describe("safeInteger", () => {
  it.each([
    ["0", 0],
    ["007", 7],
    ["20200101100", 20_200_101_100],
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
    ["0000000000000000000000000009007199254740991", Number.MAX_SAFE_INTEGER],
    ["9007199254740992", null],
    ["9007199254740993", null],
    ["9223372036854775807", null],
    ["9".repeat(400), null],
  ])("%s", (digits, expected) => {
    expect(safeInteger(digits)).toBe(expected);
  });

  it("is exact wherever it answers", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 55n }), (value) => {
        const expected = value <= BigInt(Number.MAX_SAFE_INTEGER) ? value : null;
        const answer = safeInteger(value.toString());
        expect(answer === null ? null : BigInt(answer)).toBe(expected);
      }),
    );
  });
});
