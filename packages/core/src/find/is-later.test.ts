import { expect, test } from "vitest";
import { semverColumns } from "../versions/semver-columns.ts";
import { isLater } from "./is-later.ts";

const release = (version: string, day: number, id = 1) => ({
  ...semverColumns(version),
  id,
  dateEffective: new Date(Date.UTC(2026, 0, day)),
});

test.each([
  ["the next version", "web@1.1.0", 2, "web@1.0.0", 1, true],
  ["the version before", "web@1.0.0", 1, "web@1.1.0", 2, false],
  ["a fix of an old line, released after it", "web@1.0.1", 3, "web@1.1.0", 2, false],
  ["a new line that was there before a fix of the old one", "web@1.1.0", 2, "web@1.0.1", 3, false],
  ["the final version of a candidate", "web@1.0.0", 2, "web@1.0.0-rc1", 1, true],
  ["a candidate built after the final version", "web@1.0.0-rc2", 2, "web@1.0.0", 1, false],
  ["another build of one version", "web@1.0.0+2", 2, "web@1.0.0+1", 1, true],
  ["a version of another package, whatever its number", "api@0.1.0", 2, "web@1.0.0", 1, true],
  ["what has no number", "nightly", 2, "web@1.0.0", 1, true],
  ["what has no number and is older", "nightly", 1, "hourly", 2, false],
])("%s", (_, version, day, other, otherDay, expected) => {
  expect(isLater(release(version, day), release(other, otherDay))).toBe(expected);
});

test("of two of one moment the one made later", () => {
  expect(isLater(release("b", 1, 2), release("a", 1, 1))).toBe(true);
  expect(isLater(release("a", 1, 1), release("b", 1, 2))).toBe(false);
  expect(isLater(release("a", 1, 1), release("a", 1, 1))).toBe(false);
});
