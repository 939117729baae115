import { expect, test } from "vitest";
import { subjectOf } from "./subject-of.ts";

test.each([
  ["Add wings", "Add wings"],
  ["\n  Add wings \r\n\r\nThey are needed.", "Add wings"],
  ["", ""],
  [" \n ", ""],
  [null, ""],
])("of %j is %j", (message, subject) => {
  expect(subjectOf(message)).toBe(subject);
});
