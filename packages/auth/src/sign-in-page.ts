/**
 * The path to go to after signing in: `given` if it is one of this server, otherwise the first page. The result is read again by
 * browsers, so it must stay a path of this server for them: `/.//host` is one until its dots are removed.
 */
export function safePath(given: string | null): string {
  if (given === null || !STARTS_LIKE_A_PATH.test(given)) return "/";
  const url = URL.canParse(given, BASE) ? new URL(given, BASE) : null;
  if (url?.origin !== BASE || url.pathname.startsWith("//")) return "/";
  return url.pathname + url.search;
}

const BASE = "http://landfall.invalid";

/** A slash, then none or a backslash, which browsers take for one; and no control characters, which they leave out. */
const STARTS_LIKE_A_PATH = /^\/(?![/\\])[^\p{Cc}]*$/u;

const PROBLEMS: ReadonlyMap<string, string> = new Map([
  ["signup_disabled", "Nobody here has the e-mail address your provider knows you by. Ask to be invited with that address."],
  [
    "account_not_linked",
    "Your provider has not verified your e-mail address, or it is not the main address of your account here. Sign in with your password.",
  ],
  ["email_not_found", "Your provider does not tell your e-mail address. It must share the address with this server."],
  ["unable_to_link_account", "Your account was deactivated, or is no longer a member of any organization."],
  ["access_denied", "Your provider did not let you in, or you cancelled."],
  ["state_mismatch", "That took too long, or was started in another browser. Try again."],
  ["state_invalid", "That took too long, or was started in another browser. Try again."],
  ["provider_unavailable", "The provider does not answer. Try again, or sign in with your password."],
]);

/** What the sign-in page tells somebody whom it was opened for with `?error=<code>`. */
export const signInErrorMessage = (code: string): string => PROBLEMS.get(code) ?? "Signing in with your provider did not work. Try again.";
