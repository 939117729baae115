import { expect, test } from "vitest";
import { errorDigest, errorPageText } from "./failure-digest.ts";

test.each([
  [errorDigest("unavailable"), "The server cannot use its database at the moment. Try again in a few seconds."],
  [errorDigest("storage_full"), "The server's disk is full. An operator has to free space."],
  ["123", "The server could not render this page. The cause is in its log under digest 123. Nothing was changed."],
  [undefined, "The server could not render this page. The cause is in its log. Nothing was changed."],
])("the message for the digest %s", (digest, text) => {
  expect(errorPageText(digest, "Nothing was changed.")).toBe(text);
});
