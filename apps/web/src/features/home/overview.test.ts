import { expect, test } from "vitest";
import { overviewSummary } from "./overview.tsx";

test("formats singular counts", () => {
  const one = { count: 1, isCapped: false };
  expect(overviewSummary({ projects: 1, environments: 1, releases: one, deploys: one })).toBe(
    "1 project · 1 environment · 1 release · 1 deploy in 7 days",
  );
});

test("formats plural and capped counts", () => {
  expect(
    overviewSummary({
      projects: 300,
      environments: 3,
      releases: { count: 10_000, isCapped: true },
      deploys: { count: 0, isCapped: false },
    }),
  ).toBe("300 projects · 3 environments · more than 10,000 releases · 0 deploys in 7 days");
});
