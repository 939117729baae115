import { expect, test } from "vitest";
import { commitSubject } from "./subject-of.ts";

test.each([
  ["Add wings", "Add wings"],
  ["\n  Add wings \r\n\r\nThey are needed.", "Add wings"],
  ["", ""],
  [" \n ", ""],
  [null, ""],
])("of %j is %j", (message, subject) => {
  expect(commitSubject(message)).toBe(subject);
});
