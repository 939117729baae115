import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { noise } from "./generated-bundle.ts";

test("noise is the same from any offset, different per kind, and incompressible", () => {
  const whole = noise(1, 0, 100_000);
  for (const [offset, length] of [
    [0, 1],
    [15, 2],
    [16, 16],
    [31, 999],
    [99_999, 1],
  ] as const)
    expect(noise(1, offset, length).equals(whole.subarray(offset, offset + length))).toBe(true);
  expect(noise(2, 0, 16).equals(whole.subarray(0, 16))).toBe(false);
  expect(gzipSync(whole).length).toBeGreaterThan(whole.length);
});
