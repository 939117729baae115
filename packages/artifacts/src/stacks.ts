/** Longer lines are not parsed. */
const maxLength = 4096;

/**
 * Parses a pasted stack trace from any browser or from Node. Lines that are not frames are returned as text. The texts of the lines, joined with
 * line feeds, are the input. Never throws.
 *
 * The maintained parsers (stacktrace-parser, error-stack-parser-es) drop lines they do not know, support fewer URL schemes, mistake sentences for
 * frames, and use expressions that are slow on long lines.
 */
export function parseStack(text: string): StackLine[] {
  return text.split("\n").map((line) => {
    if (line.length > maxLength) return { kind: "text", text: line };
    return parseV8Line(line) ?? parseAtSignLine(line) ?? { kind: "text", text: line };
  });
}

/** A position in a script, as written in a stack trace. */
interface Place {
  /** A URL or a path, as written; null for code of the browser itself. */
  readonly url: string | null;
  /** 1-based. */
  readonly line: number | null;
  /** 1-based. */
  readonly column: number | null;
}

/** A line of a stack trace that is a frame. */
export interface FrameLine extends Place {
  readonly kind: "frame";
  /** The line as it was pasted. */
  readonly text: string;
  /** Null for code outside functions, and for functions without a name. */
  readonly functionName: string | null;
}

/** Any other line, such as the error message. */
interface TextLine {
  readonly kind: "text";
  readonly text: string;
}

type StackLine = FrameLine | TextLine;

/** Parses a frame of Chrome, Edge, Node, Deno or Hermes: `at checkout (https://example.com/app.js:1:42)`. Null if it is not one. */
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

/** Returns the position in a file, `app.js:1:2`, of `eval at a (eval at b (app.js:1:2), <anonymous>:1:1), <anonymous>:3:4`. */
function evalOrigin(inside: string): string {
  const opening = inside.lastIndexOf(" (");
  const closing = inside.indexOf(")", opening);
  return opening === -1 || closing === -1 ? "" : inside.slice(opening + 2, closing);
}

/**
 * Parses a frame of Firefox or Safari: `checkout@https://example.com/app.js:1:42`, or one that was copied from a browser's console:
 * `checkout @ app.js:1`. Null if it is not one.
 */
function parseAtSignLine(text: string): FrameLine | null {
  const line = text.trim();
  if (looksLikeUrl(line)) return parseFrame(text, "", line);
  const spaced = line.indexOf(" @ ");
  if (spaced !== -1) return parseFrame(text, line.slice(0, spaced), line.slice(spaced + 3));
  const sign = line.indexOf("@");
  if (sign === -1) return null;
  const [name, place] = [line.slice(0, sign), line.slice(sign + 1)];
  // An email address in a sentence is not a frame.
  if (!looksLikeUrl(place) && /\s/.test(name)) return null;
  return parseFrame(text, name, place);
}

function parseFrame(text: string, name: string, written: string): FrameLine | null {
  const evaluated = /^(.*?) line (\d{1,9}) > (?:eval|Function|injectedScript)/.exec(written);
  const place = evaluated === null ? parsePlace(written) : { url: evaluated[1] || null, line: Number(evaluated[2]), column: null };
  if (place.url === null && !/^\[native code\]$|^<anonymous>/.test(written.trim())) return null;
  if (place.url !== null && (place.line === null || (/\s/.test(place.url) && !looksLikeUrl(place.url)))) return null;
  // The prefixes in `promise callback*pay@…` and `async*pay@…` describe how the function was called.
  return { kind: "frame", text, functionName: functionNameOf(name.slice(name.lastIndexOf("*") + 1)), ...place };
}

// No file has a line number with ten digits, so such a number is not a line, and the number after it is not a column.
const position = /(?<!:\d{10,}):(\d{1,9})(?::(\d{1,9}))?$/;

/** Parses `https://example.com/app.js:12:5`. A missing line or column is null. */
export function parsePlace(text: string): Place {
  const place = text.trim().replace(/^address at /, "");
  if (place === "" || place === "<anonymous>" || /^(?:\[native code\]|native|<native>|index \d+)$/.test(place))
    return { url: null, line: null, column: null };
  const match = position.exec(place);
  if (match === null) return { url: place, line: null, column: null };
  const [, line, column] = match;
  return { url: place.slice(0, match.index) || null, line: Number(line), column: column === undefined ? null : Number(column) };
}

/** Whether a text starts like a URL or an absolute path, so that no function name precedes it. */
function looksLikeUrl(text: string): boolean {
  return /^(?:[a-z][a-z\d+.-]*:\/\/|(?:blob|data|node|webpack-internal|about):|\.{0,2}\/|~\/|[a-z]:[\\/]|\[native code\]|<anonymous>)/i.test(
    text,
  );
}

/** Returns a function's name; null for the various ways in which engines write that it has none. */
function functionNameOf(text: string): string | null {
  const name = text.trim();
  return /^(?:|\?|\(?anonymous\)?|<anonymous>|<unknown>|anonymous function|global code|module code|eval code)$/i.test(name) ? null : name;
}

/** A line of a resolved stack trace. `frame` is null for text. */
type Line = { readonly frame: { readonly original: { readonly name: string | null } | null } | null };

/**
 * Returns the original name of the function that contains each frame; null if it is unknown. A map has the name of what is called at a position,
 * not of the function around it, so the name of a frame's function is taken from the frame below, which is its caller.
 */
export const functionNames = (lines: readonly Line[]): (string | null)[] =>
  lines.map(({ frame }, index) => (frame === null ? null : (lines[index + 1]?.frame?.original?.name ?? null)));
