import type { DriftView } from "@landfall/schema/releases/board";
import { describe, expect, test } from "vitest";
import { driftText } from "./drift-text.ts";

describe("driftText", () => {
  const drift = (more: Partial<DriftView>): DriftView => ({
    environment: "production",
    version: "1.0",
    state: "behind",
    releases: 3,
    commits: 12,
    days: 2,
    isCapped: false,
    ...more,
  });

  test.each<[string, Partial<DriftView>, ReturnType<typeof driftText>]>([
    ["the same version", { state: "same" }, null],
    ["behind", {}, { short: "↓12", long: "production is 12 commits, 2 days behind" }],
    ["ahead by one", { state: "ahead", commits: 1, days: 1 }, { short: "↑1", long: "production is 1 commit, 1 day ahead" }],
    ["on one day", { days: 0 }, { short: "↓12", long: "production is 12 commits behind" }],
    ["releases without commits", { commits: 0, releases: 1, days: 0 }, { short: "↓1", long: "production is 1 release behind" }],
    [
      "too many to count",
      { isCapped: true, commits: 9000 },
      { short: "↓9000+", long: "production is more than 9,000 commits, 2 days behind" },
    ],
  ])("%s", (_name, more, text) => {
    expect(driftText(drift(more))).toEqual(text);
  });
});
