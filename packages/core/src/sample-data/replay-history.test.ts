import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupSteps } from "./replay-history.ts";

const steps = fc
  .array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 120 })
  .map((versions) => versions.map((version, at) => ({ version, at })));

describe("a group of steps", () => {
  test("has different releases, and keeps the order of the steps of each", () => {
    fc.assert(
      fc.property(steps, (given) => {
        const made = groupSteps(given);
        expect(made.every((wave) => wave.length > 0 && new Set(wave.map(({ version }) => version)).size === wave.length)).toBe(true);
        expect(made.flat().toSorted((one, other) => one.at - other.at)).toEqual(given);
        for (const version of ["a", "b", "c", "d"]) {
          const own = (list: typeof given) => list.filter((step) => step.version === version);
          expect(own(made.flat())).toEqual(own(given));
        }
      }),
    );
  });

  test("has steps that are close in time", () => {
    const far = Array.from({ length: 100 }, (_, at) => ({ version: `${at}`, at }));
    expect(groupSteps(far).map((wave) => wave.length)).toEqual([32, 32, 32, 4]);
  });
});
