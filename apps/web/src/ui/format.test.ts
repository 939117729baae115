import { DAY, HOUR, MINUTE, SECOND } from "@landfall/domain/durations";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatAgo, formatDay, formatDuration, formatFor, shellQuote } from "./format.ts";

const NOW = new Date("2026-11-24T12:00:00.000Z");

test.each([
  [0, "just now"],
  [59 * SECOND, "just now"],
  [MINUTE, "1 min ago"],
  [59 * MINUTE + 29 * SECOND, "59 min ago"],
  [59 * MINUTE + 59 * SECOND, "1 h ago"],
  [23 * HOUR, "23 h ago"],
  [24 * HOUR, "1 d ago"],
  [99 * DAY, "99 d ago"],
  [100 * DAY, "3 mo ago"],
  [729 * DAY, "2 y ago"],
  [-30 * SECOND, "just now"],
  [-2 * HOUR, "in 2 h"],
  [-(24 * HOUR - SECOND), "in 1 d"],
  [-(7 * DAY - SECOND), "in 7 d"],
  [-(30 * DAY - SECOND), "in 30 d"],
  [-(90 * DAY - SECOND), "in 90 d"],
  [-(365 * DAY - SECOND), "in 12 mo"],
])("%i ms before now is %j", (passed, text) => {
  expect(formatAgo(new Date(NOW.getTime() - passed), NOW)).toBe(text);
});

test("formats durations below a minute in seconds", () => {
  expect(formatDuration(12_900)).toBe("13 s");
});

test.each([
  [59 * SECOND, "since just now"],
  [3 * HOUR, "for 3 h"],
  [-DAY, "since just now"],
])("describes a state that began %i ms ago as %j", (elapsed, text) => {
  expect(formatFor(new Date(NOW.getTime() - elapsed), NOW)).toBe(text);
});

test.each([
  ["2026-01-31", undefined, "Jan 31, 2026"],
  ["2026-01-31T23:59:59Z", "short", "Jan 31"],
  ["2026-01-31T00:00:00.000Z", "weekday", "Sat, Jan 31, 2026"],
] as const)("formats the day of %s (%s) as %j", (date, format, text) => {
  expect(formatDay(date, format)).toBe(text);
});

test("never formats a longer duration as a shorter one", () => {
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

test.each([
  ["web@1.4.0+build.7", "web@1.4.0+build.7"],
  ["one two", "'one two'"],
  ["it's", String.raw`'it'\''s'`],
  ["$(reboot)", "'$(reboot)'"],
  ["", "''"],
])("quotes %j as %s", (text, quoted) => {
  expect(shellQuote(text)).toBe(quoted);
});

test("quotes any text as one word of a shell", () => {
  const words = fc.sample(
    fc.string({ unit: "binary" }).map((text) => text.toWellFormed().replaceAll("\0", "")),
    { numRuns: 200, seed: 7 },
  );
  const script = `printf '%s\\0' ${words.map(shellQuote).join(" ")}`;
  expect(execFileSync("sh", ["-c", script]).toString().split("\0").slice(0, -1)).toEqual(words);
});
