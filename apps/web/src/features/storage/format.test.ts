import { expect, test } from "vitest";
import { describeRule, describeTotals } from "./format.ts";

test.each([
  [{ keepLast: null, keepDays: null, environments: [] }, "Keeps everything."],
  [{ keepLast: 1, keepDays: null, environments: [] }, "Keeps the last release."],
  [{ keepLast: null, keepDays: 1, environments: [] }, "Keeps what was uploaded in the last day."],
  [{ keepLast: 20, keepDays: null, environments: ["qa"] }, "Keeps the last 20 releases and everything ever deployed to qa."],
  [
    { keepLast: 1000, keepDays: 90, environments: ["production", "staging"] },
    "Keeps the last 1,000 releases, everything ever deployed to production or staging, and what was uploaded in the last 90 days.",
  ],
])("%j", (rule, text) => {
  expect(describeRule(rule)).toBe(text);
});

test.each([
  [{ bundles: 0, releases: 0, files: 0, bytes: 0 }, null],
  [
    { bundles: 1, releases: 0, files: 1, bytes: 900 },
    { size: "900 bytes", items: "1 bundle with 1 file" },
  ],
  [
    { bundles: 0, releases: 2, files: 7, bytes: 2048 },
    { size: "2.0 KiB", items: "7 files of 2 releases" },
  ],
  [
    { bundles: 34, releases: 30, files: 1203, bytes: 1_288_490_189 },
    { size: "1.2 GiB", items: "34 bundles with 1,203 files of 30 releases" },
  ],
])("%j", (totals, description) => {
  expect(describeTotals(totals)).toEqual(description);
});
