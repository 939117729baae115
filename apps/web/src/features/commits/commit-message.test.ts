import { expect, test } from "vitest";
import { commitBody, commitSubject } from "./commit-message.ts";

test.each([
  ["Add wings", "Add wings"],
  ["\n  Add wings \r\n\r\nThey are needed.", "Add wings"],
  ["", ""],
  [" \n ", ""],
  [null, ""],
])("the subject of %j is %j", (message, subject) => {
  expect(commitSubject(message)).toBe(subject);
});

test.each([
  [null, ""],
  ["", ""],
  ["subject", ""],
  ["subject\n", ""],
  ["\n\nsubject\n\nbody", "body"],
  ["subject\r\n\r\n  indented\r\nmore\n\n", "  indented\r\nmore"],
  ["subject\n\n\n\nbody\n\nsecond", "body\n\nsecond"],
])("the body of %j is %j", (message, body) => {
  expect(commitBody(message)).toBe(body);
});
