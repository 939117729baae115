import { expect, test } from "vitest";
import { RANGES, readTimeRange, timeRangeQuery } from "./time-range.tsx";

const NOW = new Date("2026-03-01T12:00:00Z");
const at = (text: string) => new Date(text);
const nothing = { range: "", first: "", last: "", from: undefined, to: undefined };

test.each([
  ["nothing", {}, nothing],
  ["two hours", { range: "2h" }, { ...nothing, range: "2h", from: at("2026-03-01T10:00:00Z") }],
  ["a week, ignoring days", { range: "7d", from: "2026-01-01" }, { ...nothing, range: "7d", from: at("2026-02-22T12:00:00Z") }],
  ["an unknown range", { range: "3y" }, nothing],
  [
    "two days, inclusive",
    { range: "dates", from: "2026-01-01", to: "2026-01-31" },
    { range: "dates", first: "2026-01-01", last: "2026-01-31", from: at("2026-01-01T00:00:00Z"), to: at("2026-02-01T00:00:00Z") },
  ],
  ["from a day", { from: "2026-01-01" }, { ...nothing, range: "dates", first: "2026-01-01", from: at("2026-01-01T00:00:00Z") }],
  ["up to a day", { to: "2024-02-29" }, { ...nothing, range: "dates", last: "2024-02-29", to: at("2024-03-01T00:00:00Z") }],
  ["days not chosen yet", { range: "dates" }, { ...nothing, range: "dates" }],
  ["days that do not exist", { range: "dates", from: "2026-02-31", to: "9999-99-99" }, { ...nothing, range: "dates" }],
  ["invalid days", { from: "yesterday", to: "2026-1-1" }, nothing],
  ["days before 1970", { from: "0001-01-01" }, nothing],
])("parses %s", (_name, params, range) => {
  expect(readTimeRange(params, NOW)).toEqual(range);
});

test("round-trips through the query", () => {
  for (const params of [{ range: "dates", from: "2026-01-01", to: "2026-01-31" }, ...RANGES.map((range) => ({ range })), {}]) {
    const read = readTimeRange(params, NOW);
    expect(readTimeRange(timeRangeQuery(read), NOW)).toEqual(read);
  }
});
