import fc from "fast-check";
import { expect, test } from "vitest";
import { formatAgo, formatDuration } from "./ago.ts";

const NOW = new Date("2026-11-24T12:00:00.000Z");
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [0, "now"],
  [59 * SECOND, "now"],
  [MINUTE, "1 min"],
  [59 * MINUTE + 59 * SECOND, "59 min"],
  [HOUR, "1 h"],
  [47 * HOUR, "47 h"],
  [48 * HOUR, "2 d"],
  [59 * DAY, "59 d"],
  [61 * DAY, "2 mo"],
  [729 * DAY, "23 mo"],
  [731 * DAY, "2 y"],
  [-30 * SECOND, "now"],
  [-2 * HOUR, "in 2 h"],
])("%i ms before now is %j", (passed, text) => {
  expect(formatAgo(new Date(NOW.getTime() - passed), NOW)).toBe(text);
});

test("a length below a minute is told in seconds", () => {
  expect(formatDuration(12_900)).toBe("12 s");
});

test("what is longer ago is never told as less long", () => {
  const units = ["s", "min", "h", "d", "mo", "y"];
  const rank = (text: string) => {
    const [number, unit] = text.split(" ");
    return units.indexOf(String(unit)) * 100_000 + Number(number);
  };
  fc.assert(
    fc.property(fc.nat(20 * 365 * DAY), fc.nat(20 * 365 * DAY), (a, b) => {
      const [short, long] = a < b ? [a, b] : [b, a];
      expect(rank(formatDuration(short))).toBeLessThanOrEqual(rank(formatDuration(long)));
    }),
  );
});
