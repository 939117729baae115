import { expect, test } from "vitest";
import { describeSchemes } from "./project-facts.tsx";

test.each([
  [[], null],
  [["semver"], "semantic versions"],
  [["calver", "calver"], "date-based versions"],
  [["hash", "semver", "semver"], "mostly semantic versions"],
] as const)("describes %j as %j", (schemes, expected) => {
  expect(describeSchemes(schemes)).toBe(expected);
});
