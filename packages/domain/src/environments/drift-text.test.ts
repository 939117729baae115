import type { DriftView } from "@landfall/schema/releases/board";
import { describe, expect, test } from "vitest";
import { driftAge, driftText } from "./drift-text.ts";

const drift = (more: Partial<DriftView>): DriftView => ({
  environment: "staging",
  version: "web@1.1",
  releases: 3,
  commits: 12,
  days: 2,
  isCapped: false,
  ...more,
});

describe("driftText", () => {
  test.each<[string, Partial<DriftView>, Pick<ReturnType<typeof driftText>, "short" | "long">]>([
    [
      "several commits and days",
      {},
      { short: "12 commits, 2 d behind", long: "production is 12 commits and 2 days behind staging, which has web@1.1" },
    ],
    [
      "one of each",
      { commits: 1, days: 1 },
      { short: "1 commit, 1 d behind", long: "production is 1 commit and 1 day behind staging, which has web@1.1" },
    ],
    ["one day", { days: 0 }, { short: "12 commits behind", long: "production is 12 commits behind staging, which has web@1.1" }],
    [
      "releases without commits",
      { commits: 0, releases: 1, days: 0 },
      { short: "1 release behind", long: "production is 1 release behind staging, which has web@1.1" },
    ],
    [
      "too many to count",
      { isCapped: true, commits: 9000 },
      { short: "> 9,000 commits, 2 d behind", long: "production is more than 9,000 commits and 2 days behind staging, which has web@1.1" },
    ],
  ])("%s", (_name, more, text) => {
    const result = driftText(drift(more), "production");
    expect(result).toMatchObject(text);
    expect(result.long).toBe(`${result.behind}, which has web@1.1`);
  });
});

test("driftAge", () => {
  expect([0, 1, 2, 13, 14, 400].map((days) => driftAge({ days }))).toEqual(["new", "new", "recent", "recent", "old", "old"]);
});
