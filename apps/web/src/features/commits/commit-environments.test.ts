import { expect, test } from "vitest";
import { describeUnreleased } from "./commit-environments.tsx";

test.each([
  [0, false, "No newer commit of its repository is waiting for one."],
  [1, false, "1 newer commit of its repository is waiting for one, too."],
  [3, false, "3 newer commits of its repository are waiting for one, too."],
  [2000, true, "At least 2,000 newer commits of its repository are waiting for one, too."],
])("%i, capped: %s", (unreleased, isCapped, words) => {
  expect(describeUnreleased({ unreleased, isCapped })).toBe(words);
});
