import { expect, test } from "vitest";
import { describeTotals } from "./totals-words.ts";

test.each([
  [{ bundles: 0, releases: 0, files: 0, bytes: 0 }, "nothing"],
  [{ bundles: 1, releases: 0, files: 1, bytes: 900 }, "900 bytes: 1 bundle with 1 file"],
  [{ bundles: 0, releases: 2, files: 7, bytes: 2048 }, "2.0 KiB: 7 files of 2 releases"],
  [{ bundles: 34, releases: 30, files: 1203, bytes: 1_288_490_189 }, "1.2 GiB: 34 bundles with 1,203 files of 30 releases"],
])("%j", (totals, words) => {
  expect(describeTotals(totals)).toBe(words);
});
