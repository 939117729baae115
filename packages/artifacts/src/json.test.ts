import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonExcess } from "./json.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

function countOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inside: unknown[] = Object.values(value);
  return 1 + Math.max(0, inside.length - 1) + inside.reduce<number>((sum, one) => sum + countOf(one), 0);
}

describe("jsonExcess", () => {
  it("counts the values that parsing would create, for any strings", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = bytes(JSON.stringify(value));
        const [depth, values] = [depthOf(value), countOf(value)];
        expect(jsonExcess(text, { depth, values })).toBeNull();
        if (depth > 0) expect(jsonExcess(text, { depth: depth - 1, values })).toBe("depth");
        if (values > 0) expect(jsonExcess(text, { depth, values: values - 1 })).toBe("values");
      }),
      { numRuns: 500 },
    );
  });

  it.each([String.raw`["a\\", [[[["`, String.raw`["\"[[[[[[,,,,,,"]`, String.raw`"\\\"[[[[["`, '"[[[[[[', "", "}}}}]]]]", '\\"'])(
    "reads quotes and backslashes correctly: %s",
    (text) => {
      expect(jsonExcess(bytes(text), { depth: text.startsWith('["a') ? 5 : 1, values: 8 })).toBeNull();
    },
  );

  it("ends as soon as a limit is exceeded", () => {
    const endless = bytes("[".repeat(20_000_000));
    const started = performance.now();
    expect(jsonExcess(endless, { depth: 16, values: 1000 })).toBe("depth");
    expect(performance.now() - started).toBeLessThan(50);
  });
});
