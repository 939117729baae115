import type { DriftView } from "@landfall/schema/views/board";
import { expect, test } from "vitest";
import { describeReleaseDrift } from "./drift-in-words.ts";

const drift = (more: Partial<DriftView>): DriftView => ({
  environment: "production",
  version: "1.0.0",
  state: "behind",
  releases: 3,
  commits: 9,
  days: 5,
  isCapped: false,
  ...more,
});

test.each<[Partial<DriftView>, string]>([
  [{ state: "same", releases: 0, days: 0 }, "the same in production"],
  [{}, "production is 3 releases, 5 d behind"],
  [{ state: "ahead", releases: 1, days: 0 }, "production is 1 release ahead"],
  [{ releases: 1000, isCapped: true, days: 400 }, "production is 1,000+ releases, 400 d behind"],
])("%j", (more, words) => {
  expect(describeReleaseDrift(drift(more))).toBe(words);
});
