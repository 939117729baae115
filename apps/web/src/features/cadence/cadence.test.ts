import { expect, test } from "vitest";
import { describeCadence as describeWeeks, type Week, withoutEmptyStart } from "./cadence.tsx";

const SERIES = ["releases", "deploys"] as const;

const describeCadence = (weeks: readonly Week[]) => describeWeeks(weeks, SERIES);

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

test("starts with the first week that has a count, or an unknown one", () => {
  expect(withoutEmptyStart([week(0, 0), week(0, 2), week(0, 0)], SERIES)).toEqual([week(0, 2), week(0, 0)]);
  expect(withoutEmptyStart([week(0, 0), week(null, 0)], SERIES)).toEqual([week(null, 0)]);
  expect(withoutEmptyStart([week(0, 0), week(0, 0)], SERIES)).toEqual([]);
});

test("describes a single series", () => {
  const start = "2026-06-29T00:00:00Z";
  expect(
    describeWeeks(
      [
        { start, commits: 3 },
        { start, commits: 1 },
      ],
      ["commits"],
    ),
  ).toBe("Average: 3 commits per week over the last week.");
  expect(describeWeeks([{ start, commits: 0 }], ["commits"])).toBe("No commits in this period.");
});
