import fc from "fast-check";
import { expect, test } from "vitest";
import { fromLocalInput, toLocalInput } from "./date-time-field.tsx";

test("round-trips a date through the field", () => {
  const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
  fc.assert(
    fc.property(seconds, (second) => {
      const date = new Date(second * 1000);
      const shown = toLocalInput(date);
      expect(shown).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
      // An hour that occurs twice in autumn maps to the first.
      expect(Math.abs(Date.parse(fromLocalInput(shown)) - date.getTime()) % 3_600_000).toBe(0);
    }),
  );
});

test("returns an empty string for an empty or invalid value", () => {
  expect(["", "soon"].map(fromLocalInput)).toEqual(["", ""]);
});
