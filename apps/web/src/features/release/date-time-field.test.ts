import fc from "fast-check";
import { expect, test } from "vitest";
import { fromLocalInput, toLocalInput } from "./date-time-field.tsx";

test("a moment is the same after the way through a field", () => {
  const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
  fc.assert(
    fc.property(seconds, (second) => {
      const moment = new Date(second * 1000);
      const shown = toLocalInput(moment);
      expect(shown).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
      // The hour that comes twice in autumn is the first one.
      expect(Math.abs(Date.parse(fromLocalInput(shown)) - moment.getTime()) % 3_600_000).toBe(0);
    }),
  );
});

test("no moment is none", () => {
  expect(["", "soon"].map(fromLocalInput)).toEqual(["", ""]);
});
