import fc from "fast-check";
import { expect, test } from "vitest";
import { safePath, signInErrorMessage } from "./sign-in-page.ts";

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
  ["/.//evil.test", "/"],
  ["/..//evil.test", "/"],
  ["/a/..//evil.test", "/"],
  ["/%2e//evil.test", "/"],
  ["/%2E%2e//evil.test/x?y", "/"],
  ["/.\\evil.test", "/evil.test"],
  ["/./\\evil.test", "/"],
  ["/.\t//evil.test", "/"],
  ["/.//", "/"],
  ["/a//b", "/a//b"],
])("%j becomes %j", (next, path) => {
  expect(safePath(next)).toBe(path);
});

test("any path stays on this server, even if a browser parses it repeatedly", () => {
  const piece = fc.constantFrom("/", ".", "..", "\\", "%2e", "%2f", "%5c", "\t", "\n", "//", "evil.test", "@", ":", "?", "#", "a", " ");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const path = safePath(`/${pieces.join("")}`);
      const once = new URL(path, "https://landfall.test/sign-in");
      expect(once.origin).toBe("https://landfall.test");
      expect(new URL(once.pathname + once.search, "https://landfall.test").origin).toBe("https://landfall.test");
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["signup_disabled", /Ask for an invitation/],
  ["account_not_linked", /not verified/],
  ["unable_to_link_account", /deactivated/],
  ["provider_unavailable", /sign in with your password/],
  ["state_mismatch", /Try again/],
])("%s has a message with the fix", (code, message) => {
  expect(signInErrorMessage(code)).toMatch(message);
});

test.each(["", "internal_server_error", "constructor", "<script>"])("an unknown code (%j) has a general message", (code) => {
  expect(signInErrorMessage(code)).toBe("Sign-in with your provider failed. Try again.");
});
