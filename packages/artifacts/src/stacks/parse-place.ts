import type { Place } from "./frame-line.ts";

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
export function looksLikeUrl(text: string): boolean {
  return /^(?:[a-z][a-z\d+.-]*:\/\/|(?:blob|data|node|webpack-internal|about):|\.{0,2}\/|~\/|[a-z]:[\\/]|\[native code\]|<anonymous>)/i.test(
    text,
  );
}

/** A function's name as it is shown; null for the many ways to say that there is none. */
export function functionNameOf(text: string): string | null {
  const name = text.trim();
  return /^(?:|\?|\(?anonymous\)?|<anonymous>|<unknown>|anonymous function|global code|module code|eval code)$/i.test(name) ? null : name;
}
