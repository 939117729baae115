import { expect, test } from "vitest";
import { digestOf, failureText } from "./failure-digest.ts";

test.each([
  [digestOf("unavailable"), "The server cannot use its database at the moment. Try again in a few seconds."],
  [digestOf("storage_full"), "The server's disk is full. An operator has to make room."],
  ["123", "The server could not make this page; the reason is in its log as digest 123. Nothing was changed."],
  [undefined, "The server could not make this page; the reason is in its log. Nothing was changed."],
])("an error with the digest %s", (digest, text) => {
  expect(failureText(digest, "Nothing was changed.")).toBe(text);
});
