import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "./seeded-random.ts";

const twenty = (seed: string) => {
  const random = seededRandom(seed);
  return Array.from({ length: 20 }, () => random.whole(0, 1_000_000));
};

describe("seeded choices", () => {
  test("are the same for the same seed, and differ for another", () => {
    expect(twenty("a")).toEqual(twenty("a"));
    expect(twenty("a")).not.toEqual(twenty("b"));
    expect(new Set(twenty("a")).size).toBeGreaterThan(15);
  });

  test("of a part do not depend on choices of other parts", () => {
    const [one, other] = [seededRandom("a"), seededRandom("a")];
    one.hex(100);
    expect(one.of("part").hex(20)).toBe(other.of("part").hex(20));
    expect(one.of("part").hex(20)).not.toBe(one.of(1).hex(20));
  });

  test("stay within the range, and reach both ends", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -50, max: 50 }), fc.nat(3), (seed, from, more) => {
        const random = seededRandom(seed);
        const found = Array.from({ length: 200 }, () => random.whole(from, from + more));
        expect([Math.min(...found), Math.max(...found)]).toEqual([from, from + more]);
        expect(["x", "y"]).toContain(random.pick(["x", "y"]));
        expect(random.hex(9)).toMatch(/^[\da-f]{9}$/);
      }),
    );
  });

  test("follow weights and probabilities", () => {
    const random = seededRandom("weights");
    const drawn = Array.from({ length: 4000 }, () =>
      random.weighted([
        ["often", 3],
        ["never", 0],
        ["rarely", 1],
      ]),
    );
    const share = (one: string) => drawn.filter((other) => other === one).length / drawn.length;
    expect([share("never"), random.chance(0), random.chance(1)]).toEqual([0, false, true]);
    expect(share("often")).toBeCloseTo(0.75, 1);
  });

  test("throw if there is nothing to choose from", () => {
    expect(() => seededRandom("").pick([])).toThrow("nothing to choose from");
    expect(() => seededRandom("").weighted([])).toThrow("nothing to choose from");
  });
});
