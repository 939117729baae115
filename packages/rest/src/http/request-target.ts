/**
 * Makes a request target, as clients really send it, safe for `new URL()`: escapes every character of the path and query that a URL
 * parser would change, and nothing else. Clients send `\ | ^ { }` and bytes above 127 unescaped (clients §1.12), and a parser would
 * read `\` as `/`. Null for a target with `.` or `..` as a segment, escaped or not: a parser resolves those, and the path would
 * be another one than requested. Null also for a target that is not a path, as in `OPTIONS *`.
 *
 * `raw` is Node's `request.url`: one character per byte. For the absolute form (`http://host/path`) the path is returned.
 */
export function requestTarget(raw: string): string | null {
  if (PLAIN.test(raw) && !DOT_SEGMENT.test(raw)) return raw;
  const target = raw.replace(ABSOLUTE, "");
  const path = target.startsWith("?") || target === "" ? `/${target}` : target;
  if (!path.startsWith("/") || DOT_SEGMENT.test(path)) return null;
  return path.replace(UNSAFE, escapeByte);
}

/** Targets that a URL parser does not change: nearly all of them. */
const PLAIN = /^\/[!$-;=?-[\]_a-z~]*$/;

const ABSOLUTE = /^https?:\/\/[^/?#]*/i;

/** A segment of one or two dots, each possibly escaped, before the query. */
const DOT_SEGMENT = /^[^?]*\/(?:\.|%2e){1,2}(?:[/?]|$)/i;

/** `\` and the like, and everything that is not ASCII. `#` too: requests have no fragments. */
const UNSAFE = /[^!$-;=?-[\]_a-z~]/gu;

/** A request has no characters above 255; they are escaped as UTF-8 all the same. */
function escapeByte(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 255 ? encodeURIComponent(character.toWellFormed()) : `%${code.toString(16).toUpperCase().padStart(2, "0")}`;
}
