import { expect, test } from "vitest";
import { describeUnreleased } from "./commit-environments.tsx";

test.each([
  [0, false, "No newer commits in its repository are unreleased."],
  [1, false, "1 newer commit in its repository is unreleased, too."],
  [3, false, "3 newer commits in its repository are unreleased, too."],
  [2000, true, "At least 2,000 newer commits in its repository are unreleased, too."],
])("describes %i unreleased commits, capped: %s", (unreleased, isCapped, expected) => {
  expect(describeUnreleased({ unreleased, isCapped })).toBe(expected);
});
