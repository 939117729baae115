import { expect, test } from "vitest";
import { dayName } from "./release-columns.tsx";

test.each([
  ["2026-03-01", "Today"],
  ["2026-02-28", "Yesterday"],
  ["2026-02-27", "Fri, Feb 27, 2026"],
  ["2025-03-01", "Sat, Mar 1, 2025"],
])("names the day %s", (day, name) => {
  expect(dayName(day, new Date("2026-03-01T00:30:00Z"))).toBe(name);
});
