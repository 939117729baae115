import { expect, test } from "vitest";
import { shortDate } from "./dates.ts";

test.each([
  ["2026-01-31T12:34:56.789Z", "2026-01-31 12:34"],
  ["2026-01-31T12:34:56Z", "2026-01-31 12:34"],
  [null, "-"],
])("%s is %s", (instant, expected) => {
  expect(shortDate(instant)).toBe(expected);
});
