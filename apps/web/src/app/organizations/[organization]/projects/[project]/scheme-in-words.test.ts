import { expect, test } from "vitest";
import { schemeInWords } from "./scheme-in-words.ts";

test.each([
  [[], null],
  [["semver"], "semantic versions"],
  [["calver", "calver"], "versions by date"],
  [["hash", "semver", "semver"], "mostly semantic versions"],
] as const)("%j", (schemes, words) => {
  expect(schemeInWords(schemes)).toBe(words);
});
