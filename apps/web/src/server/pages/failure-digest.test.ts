import { expect, test } from "vitest";
import { errorDigest, errorPageText } from "./failure-digest.ts";

test.each([
  [errorDigest("unavailable"), "The server cannot use its database at the moment. Try again in a few seconds."],
  [errorDigest("storage_full"), "The server's disk is full. An operator has to make room."],
  ["123", "The server could not make this page; the reason is in its log as digest 123. Nothing was changed."],
  [undefined, "The server could not make this page; the reason is in its log. Nothing was changed."],
])("an error with the digest %s", (digest, text) => {
  expect(errorPageText(digest, "Nothing was changed.")).toBe(text);
});
