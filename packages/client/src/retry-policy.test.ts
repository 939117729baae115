import { describe, expect, test } from "vitest";
import { backoff } from "./retry-policy.ts";

describe("backoff", () => {
  test.each([
    [1, 125, 250],
    [2, 250, 500],
    [3, 500, 1_000],
    [10, 2_500, 5_000],
  ])("after %i failures waits %i to %i ms", (failed, least, most) => {
    expect(backoff(failed, () => 0)).toBe(least);
    expect(backoff(failed, () => 1)).toBe(most);
    expect(backoff(failed)).toBeGreaterThanOrEqual(least);
    expect(backoff(failed)).toBeLessThanOrEqual(most);
  });
});
