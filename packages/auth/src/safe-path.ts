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
