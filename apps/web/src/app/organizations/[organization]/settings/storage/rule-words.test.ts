import { expect, test } from "vitest";
import { describeRule } from "./rule-words.ts";

test.each([
  [{ keepLast: null, keepDays: null, environments: [] }, "Keeps everything."],
  [{ keepLast: 1, keepDays: null, environments: [] }, "Keeps the last release."],
  [{ keepLast: null, keepDays: 1, environments: [] }, "Keeps what was uploaded in the last day."],
  [{ keepLast: 20, keepDays: null, environments: ["qa"] }, "Keeps the last 20 releases and everything ever deployed to qa."],
  [
    { keepLast: 1000, keepDays: 90, environments: ["production", "staging"] },
    "Keeps the last 1,000 releases, everything ever deployed to production or staging, and what was uploaded in the last 90 days.",
  ],
])("%j", (rule, words) => {
  expect(describeRule(rule)).toBe(words);
});
