import { expect, test } from "vitest";
import { describeSchemes } from "./project-facts.tsx";

test.each([
  [[], null],
  [["semver"], "semantic versions"],
  [["calver", "calver"], "versions by date"],
  [["hash", "semver", "semver"], "mostly semantic versions"],
] as const)("%j", (schemes, words) => {
  expect(describeSchemes(schemes)).toBe(words);
});
