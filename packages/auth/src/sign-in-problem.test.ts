import { expect, test } from "vitest";
import { signInErrorMessage } from "./sign-in-problem.ts";

test.each([
  ["signup_disabled", /Ask to be invited/],
  ["account_not_linked", /not verified/],
  ["unable_to_link_account", /deactivated/],
  ["provider_unavailable", /sign in with your password/],
  ["state_mismatch", /Try again/],
])("%s is said in words that tell what to do", (code, words) => {
  expect(signInErrorMessage(code)).toMatch(words);
});

test.each(["", "internal_server_error", "constructor", "<script>"])("what nobody has words for (%j) is not repeated", (code) => {
  expect(signInErrorMessage(code)).toBe("Signing in with your provider did not work. Try again.");
});
