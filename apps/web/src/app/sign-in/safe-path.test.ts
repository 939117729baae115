import { expect, test } from "vitest";
import { safePath } from "./safe-path.ts";

test.each([
  [null, "/"],
  ["", "/"],
  ["/organizations/acme/releases?query=a%20b", "/organizations/acme/releases?query=a%20b"],
  ["organizations", "/"],
  ["//evil.test/x", "/"],
  ["/\\evil.test", "/"],
  ["/\t/evil.test", "/"],
  ["https://evil.test", "/"],
  ["javascript:alert(1)", "/"],
  ["/a/../../b", "/b"],
])("%j leads to %j", (given, path) => {
  expect(safePath(given)).toBe(path);
});
