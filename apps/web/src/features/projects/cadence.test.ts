import { expect, test } from "vitest";
import { describeCadence } from "./cadence.tsx";

const week = (releases: number | null, deploys: number | null) => ({ start: "2026-06-29T00:00:00Z", releases, deploys });

test("averages the complete weeks", () => {
  expect(describeCadence([week(1, 4), week(2, 0), week(2, 5), week(90, 90)])).toBe(
    "Average: 1.7 releases and 3 deploys per week over the last 3 weeks.",
  );
});

test("leaves out weeks before the first activity, and unknown counts", () => {
  expect(describeCadence([week(0, 0), week(0, 0), week(0, 4), week(0, 0), week(0, 0)])).toBe(
    "Average: 0 releases and 2 deploys per week over the last 2 weeks.",
  );
  expect(describeCadence([week(1, null), week(3, 5), week(0, 0)])).toBe(
    "Average: 2 releases and 5 deploys per week over the last 2 weeks.",
  );
  expect(describeCadence([week(1, null), week(0, 0)])).toBe("Average: 1 release per week over the last week.");
});

test("describes projects without a complete week or activity", () => {
  expect(describeCadence([week(0, 0), week(3, 3)])).toBe("The first week is not complete yet.");
  expect(describeCadence([week(0, 0), week(0, 0)])).toBe("No releases or deploys in this period.");
});
