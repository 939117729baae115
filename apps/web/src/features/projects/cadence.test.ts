import { expect, test } from "vitest";
import { describeCadence } from "./cadence.tsx";

const week = (releases: number | null, deploys: number | null) => ({ start: "2026-06-29T00:00:00Z", releases, deploys });

test("the mean of the weeks that are over", () => {
  expect(describeCadence([week(1, 4), week(2, 0), week(2, 5), week(90, 90)])).toBe(
    "On average 1.7 releases and 3 deploys a week, in the 3 weeks before this one.",
  );
});

test("weeks before there was anything are left out, and those nobody counted", () => {
  expect(describeCadence([week(0, 0), week(0, 0), week(0, 4), week(0, 0), week(0, 0)])).toBe(
    "On average 0 releases and 2 deploys a week, in the 2 weeks before this one.",
  );
  expect(describeCadence([week(1, null), week(3, 5), week(0, 0)])).toBe(
    "On average 2 releases and 5 deploys a week, in the 2 weeks before this one.",
  );
  expect(describeCadence([week(1, null), week(0, 0)])).toBe("On average 1 releases a week, in the week before this one.");
});

test("no week is over, or nothing happened", () => {
  expect(describeCadence([week(0, 0), week(3, 3)])).toBe("The first week is not over yet.");
  expect(describeCadence([week(0, 0), week(0, 0)])).toBe("Nothing was released or deployed in these weeks.");
});
