/**
 * Returns the path to open after the sign-in: `next` if it is a path of this server, otherwise "/". Browsers parse the result again, so it
 * must still be a path of this server after that: `/.//host` is one only until its dots are resolved.
 */
export function safePath(next: string | null): string {
  if (next === null || !STARTS_LIKE_A_PATH.test(next)) return "/";
  const url = URL.canParse(next, BASE) ? new URL(next, BASE) : null;
  if (url?.origin !== BASE || url.pathname.startsWith("//")) return "/";
  return url.pathname + url.search;
}

const BASE = "http://landfall.invalid";

/** One slash, without a second one or a backslash, which browsers treat as a slash; and no control characters, which they remove. */
const STARTS_LIKE_A_PATH = /^\/(?![/\\])[^\p{Cc}]*$/u;

const PROBLEMS: ReadonlyMap<string, string> = new Map([
  ["signup_disabled", "No account here has the email address that your provider has for you. Ask for an invitation to that address."],
  [
    "account_not_linked",
    "Your provider has not verified your email address, or it is not the primary address of your account here. Sign in with your password.",
  ],
  ["email_not_found", "Your provider does not share your email address with this server. Allow it to, and try again."],
  ["unable_to_link_account", "Your account was deactivated, or is no longer a member of any organization."],
  ["access_denied", "Your provider denied access, or you canceled."],
  ["state_mismatch", "The sign-in took too long, or was started in another browser. Try again."],
  ["state_invalid", "The sign-in took too long, or was started in another browser. Try again."],
  ["provider_unavailable", "The provider cannot be reached. Try again, or sign in with your password."],
]);

/** The message of the sign-in page for `?error=<code>`. */
export const signInErrorMessage = (code: string): string => PROBLEMS.get(code) ?? "Sign-in with your provider failed. Try again.";
