import { describe, expect, test } from "vitest";
import { activityIdent } from "./version-key.ts";

describe("activities are filed under the first 64 characters of a version (contract 14.11)", () => {
  test.each([
    ["1.0", "1.0"],
    ["a".repeat(64), "a".repeat(64)],
    ["a".repeat(65), "a".repeat(64)],
    ["\u{1f680}".repeat(65), "\u{1f680}".repeat(64)],
    ["", ""],
  ])("%s", (version, ident) => {
    expect(activityIdent(version)).toBe(ident);
  });
});
