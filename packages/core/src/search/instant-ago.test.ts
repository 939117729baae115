import { describe, expect, it } from "vitest";
import { instantAgo } from "./instant-ago.ts";

const now = new Date("2024-03-15T12:00:00.250Z");

describe("instantAgo", () => {
  it.each([
    ["90", "2024-03-15T11:58:30.250Z"],
    ["90s", "2024-03-15T11:58:30.250Z"],
    ["90m", "2024-03-15T10:30:00.250Z"],
    ["13h", "2024-03-14T23:00:00.250Z"],
    ["15d", "2024-02-29T12:00:00.250Z"],
    ["2w", "2024-03-01T12:00:00.250Z"],
    ["0d", "2024-03-15T12:00:00.250Z"],
    ["007d", "2024-03-08T12:00:00.250Z"],
    ["100w", "2022-04-15T12:00:00.250Z"],
  ])("%s", (text, expected) => {
    expect(instantAgo(text, now)?.toISOString()).toBe(expected);
  });

  it.each([
    [""],
    ["d"],
    ["-1d"],
    ["+1d"],
    ["1.5d"],
    ["1y"],
    ["1D"],
    ["1 d"],
    ["1d\n"],
    ["1dd"],
    ["٣d"],
    ["9999999d"],
    ["99999999999999999999999d"],
    ["9".repeat(500)],
  ])("refuses %j", (text) => {
    expect(instantAgo(text, now)).toBeNull();
  });
});
