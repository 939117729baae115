const longest = 4096;

/**
 * The lines of a stack trace as it was pasted, from any browser or from Node: calls in their parts, everything else as it stands. Joined
 * with line feeds, the texts of the lines are the text that was given. Never throws.
 *
 * Written here, because the maintained parsers (stacktrace-parser, error-stack-parser-es) leave out the lines they do not know, know
 * fewer schemes, take sentences for frames, and search by expressions that take long on long lines.
 */
export function parseStack(text: string): StackLine[] {
  return text.split("\n").map((line) => {
    if (line.length > longest) return { kind: "text", text: line };
    return parseV8Line(line) ?? parseAtSignLine(line) ?? { kind: "text", text: line };
  });
}

/** A place in a script, as a stack trace names it. */
interface Place {
  /** An address or a path, as written; null for code of the browser itself. */
  readonly url: string | null;
  /** 1-based. */
  readonly line: number | null;
  /** 1-based. */
  readonly column: number | null;
}

/** A line of a stack trace that tells a call. */
export interface FrameLine extends Place {
  readonly kind: "frame";
  /** The line as it was. */
  readonly text: string;
  /** Null for code outside of functions, and for functions without a name. */
  readonly functionName: string | null;
}

/** A line that tells none: the message, or anything else. */
interface TextLine {
  readonly kind: "text";
  readonly text: string;
}

type StackLine = FrameLine | TextLine;

/** A line as Chrome, Edge, Node, Deno and Hermes write it: `at checkout (https://example.com/app.js:1:42)`. Null when it is none. */
function parseV8Line(text: string): FrameLine | null {
  const line = text.trim();
  if (!line.startsWith("at ")) return null;
  const call = line
    .slice(3)
    .trim()
    .replace(/^async /, "");
  const opening = call.indexOf(" (");
  if (call.endsWith(")") && opening !== -1) {
    const inside = call.slice(opening + 2, -1);
    const place = parsePlace(inside.startsWith("eval at ") ? evalOrigin(inside) : inside);
    if (place.url !== null && place.line === null) return null;
    return { kind: "frame", text, functionName: functionNameOf(call.slice(0, opening).replace(/^new /, "")), ...place };
  }
  const place = parsePlace(call);
  if (place.url === null) return looksLikeUrl(call) ? { kind: "frame", text, functionName: null, ...place } : null;
  // "at 10:30 the job failed" is a sentence.
  if (place.line === null || (/\s/.test(place.url) && !looksLikeUrl(place.url))) return null;
  return { kind: "frame", text, functionName: null, ...place };
}

/** Of `eval at a (eval at b (app.js:1:2), <anonymous>:1:1), <anonymous>:3:4` the place in a file: `app.js:1:2`. */
function evalOrigin(inside: string): string {
  const opening = inside.lastIndexOf(" (");
  const closing = inside.indexOf(")", opening);
  return opening === -1 || closing === -1 ? "" : inside.slice(opening + 2, closing);
}

/**
 * A line as Firefox and Safari write it: `checkout@https://example.com/app.js:1:42`; also one copied from a console's list of calls:
 * `checkout @ app.js:1`. Null when it is none.
 */
function parseAtSignLine(text: string): FrameLine | null {
  const line = text.trim();
  if (looksLikeUrl(line)) return parseFrame(text, "", line);
  const spaced = line.indexOf(" @ ");
  if (spaced !== -1) return parseFrame(text, line.slice(0, spaced), line.slice(spaced + 3));
  const sign = line.indexOf("@");
  if (sign === -1) return null;
  const [name, place] = [line.slice(0, sign), line.slice(sign + 1)];
  // Somebody's address in a sentence is no call.
  if (!looksLikeUrl(place) && /\s/.test(name)) return null;
  return parseFrame(text, name, place);
}

function parseFrame(text: string, name: string, written: string): FrameLine | null {
  const evaluated = /^(.*?) line (\d{1,9}) > (?:eval|Function|injectedScript)/.exec(written);
  const place = evaluated === null ? parsePlace(written) : { url: evaluated[1] || null, line: Number(evaluated[2]), column: null };
  if (place.url === null && !/^\[native code\]$|^<anonymous>/.test(written.trim())) return null;
  if (place.url !== null && (place.line === null || (/\s/.test(place.url) && !looksLikeUrl(place.url)))) return null;
  // `promise callback*pay@…` and `async*pay@…` tell how the call came about.
  return { kind: "frame", text, functionName: functionNameOf(name.slice(name.lastIndexOf("*") + 1)), ...place };
}

// No file has a line of ten digits; what looks like one is no position, and its rest no column.
const position = /(?<!:\d{10,}):(\d{1,9})(?::(\d{1,9}))?$/;

/** `https://example.com/app.js:12:5` in its parts. Without a position, or with a line only, what is missing is null. */
export function parsePlace(text: string): Place {
  const place = text.trim().replace(/^address at /, "");
  if (place === "" || place === "<anonymous>" || /^(?:\[native code\]|native|<native>|index \d+)$/.test(place))
    return { url: null, line: null, column: null };
  const match = position.exec(place);
  if (match === null) return { url: place, line: null, column: null };
  const [, line, column] = match;
  return { url: place.slice(0, match.index) || null, line: Number(line), column: column === undefined ? null : Number(column) };
}

/** Whether a place begins as an address or a rooted path does, so that no name stands before it. */
function looksLikeUrl(text: string): boolean {
  return /^(?:[a-z][a-z\d+.-]*:\/\/|(?:blob|data|node|webpack-internal|about):|\.{0,2}\/|~\/|[a-z]:[\\/]|\[native code\]|<anonymous>)/i.test(
    text,
  );
}

/** A function's name as it is shown; null for the many ways to say that there is none. */
function functionNameOf(text: string): string | null {
  const name = text.trim();
  return /^(?:|\?|\(?anonymous\)?|<anonymous>|<unknown>|anonymous function|global code|module code|eval code)$/i.test(name) ? null : name;
}

/** A line of a resolved trace, as far as it tells names. `frame` is null for one that is no call. */
type Line = { readonly frame: { readonly original: { readonly name: string | null } | null } | null };

/**
 * What the function that each call is in is called in the source; null where that is not known. A map tells what was called at a place, not
 * in which function that place is: so the call below, which is the caller, names the function of the one above.
 */
export const functionNames = (lines: readonly Line[]): (string | null)[] =>
  lines.map(({ frame }, index) => (frame === null ? null : (lines[index + 1]?.frame?.original?.name ?? null)));
