import { expect, test } from "vitest";
import { commitBody } from "./body-of.ts";

test.each([
  [null, ""],
  ["", ""],
  ["subject", ""],
  ["subject\n", ""],
  ["\n\nsubject\n\nbody", "body"],
  ["subject\r\n\r\n  indented\r\nmore\n\n", "  indented\r\nmore"],
  ["subject\n\n\n\nbody\n\nsecond", "body\n\nsecond"],
])("%j", (message, body) => {
  expect(commitBody(message)).toBe(body);
});
