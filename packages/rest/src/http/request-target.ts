/**
 * A request target as clients really send it, made safe for `new URL()`: path and query with every character escaped that a URL
 * parser would change, and nothing else. Clients send `\ | ^ { }` and bytes above 127 as they are (clients §1.12), and a parser would
 * read `\` as `/`. Null for a target with `.` or `..` as a segment, escaped or not: a parser resolves those away, and the path would
 * name something else than what was asked for; also for a target that is no path, as in `OPTIONS *`.
 *
 * `raw` is Node's `request.url`: one character per byte. The absolute form (`http://host/path`) is answered as its path.
 */
export function requestTarget(raw: string): string | null {
  if (PLAIN.test(raw) && !DOT_SEGMENT.test(raw)) return raw;
  const target = raw.replace(ABSOLUTE, "");
  const path = target.startsWith("?") || target === "" ? `/${target}` : target;
  if (!path.startsWith("/") || DOT_SEGMENT.test(path)) return null;
  return path.replace(UNSAFE, escapeByte);
}

/** Nothing in here is changed by a URL parser: almost every target, used as it is. */
const PLAIN = /^\/[!$-;=?-[\]_a-z~]*$/;

const ABSOLUTE = /^https?:\/\/[^/?#]*/i;

/** A segment of one or two dots, each possibly escaped, before the query. */
const DOT_SEGMENT = /^[^?]*\/(?:\.|%2e){1,2}(?:[/?]|$)/i;

/** `\` and the like, and all that is not ASCII. `#` too: on the wire there are no fragments. */
const UNSAFE = /[^!$-;=?-[\]_a-z~]/gu;

/** Characters above 255 do not come from the wire; they are escaped as UTF-8 all the same. */
function escapeByte(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 255 ? encodeURIComponent(character.toWellFormed()) : `%${code.toString(16).toUpperCase().padStart(2, "0")}`;
}
