import { expect, test } from "vitest";
import { formatBytes, formatCount, formatInstant } from "./format.ts";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [1023, "1,023 bytes"],
  [1024, "1.0 KiB"],
  [4_404_019, "4.2 MiB"],
  [139_586_437_120, "130 GiB"],
  [1.5 * 1024 ** 4, "1.5 TiB"],
  [5000 * 1024 ** 4, "5000 TiB"],
])("formats %d bytes as %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test("formats numbers with their noun", () => {
  expect([formatCount(0, "commit"), formatCount(1, "person", "people"), formatCount(1200, "person", "people")]).toEqual([
    "0 commits",
    "1 person",
    "1,200 people",
  ]);
});

test("formats instants to the minute or second", () => {
  expect(formatInstant("2026-01-31T12:34:56.789Z")).toBe("2026-01-31 12:34 UTC");
  expect(formatInstant("2026-01-31T12:34:56Z", "second")).toBe("2026-01-31 12:34:56 UTC");
});
