import type { Limits } from "./limits.ts";

/** Facts about a JSON text before it is parsed. */
export type JsonScan = {
  /** Elements of arrays and members of objects. */
  readonly values: number;
  /** Whether it has a number that may not be exact as a JavaScript number. */
  readonly hasLongNumber: boolean;
  /** The first limit that the text exceeds; null if it exceeds none. */
  readonly problem: string | null;
};

/** No client nests deeper than six levels; a recursive reader of a parsed body has no room for much more than this. */
const MAX_DEPTH = 100;

/** The longest number. Converting one of a million digits takes seconds. */
const MAX_DIGITS = 100;

/** Numbers with this many digits may not be exact as JavaScript numbers. */
const LONG_NUMBER = 16;

/** The largest objects that clients send have seven members; unknown ones are allowed. */
const MEMBERS_PER_ELEMENT = 8;

const [QUOTE, COMMA, ZERO, NINE, OPEN_LIST, ESCAPE, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [34, 44, 48, 57, 91, 92, 93, 123, 125];

/**
 * Compares a JSON text in UTF-8 with what a request may contain: nesting, digits of a number, elements of all arrays, and members of all
 * objects. One pass over the bytes, which stops at the first limit; whether the text is valid JSON is found by parsing it.
 */
export function scanJson(bytes: Uint8Array, { elements: mostElements }: Pick<Limits, "elements">): JsonScan {
  const mostValues = Math.max(mostElements, 1000) * MEMBERS_PER_ELEMENT;
  /** The open brackets, outermost first. */
  const isList: boolean[] = [];
  let elements = 0;
  let values = 0;
  let digits = 0;
  let hasLongNumber = false;
  const scanned = (problem: string | null): JsonScan => ({ values, hasLongNumber, problem });
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte >= ZERO && byte <= NINE) {
      digits += 1;
      if (digits === LONG_NUMBER) hasLongNumber = true;
      if (digits > MAX_DIGITS) return scanned(`A number has more than ${MAX_DIGITS} digits`);
      continue;
    }
    digits = 0;
    switch (byte) {
      case QUOTE:
        index = endOfText(bytes, index + 1);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        if (isList.length === MAX_DEPTH) return scanned(`Nested too deeply: at most ${MAX_DEPTH} levels are read`);
        isList.push(byte === OPEN_LIST);
        values += 1;
        if (byte === OPEN_LIST) elements += 1;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        isList.pop();
        break;
      case COMMA:
        values += 1;
        if (isList.at(-1) === true) elements += 1;
        break;
      default:
    }
    if (elements > mostElements) return scanned(`More than ${mostElements} elements in all lists together`);
    if (values > mostValues) return scanned(`More than ${mostValues} elements and members together`);
  }
  return scanned(null);
}

/** The index of the quote that ends a text, of which the first byte is at `start`. */
function endOfText(bytes: Uint8Array, start: number): number {
  let end = bytes.indexOf(QUOTE, start);
  while (end !== -1 && isEscaped(bytes, start, end)) end = bytes.indexOf(QUOTE, end + 1);
  return end === -1 ? bytes.length : end;
}

/** Whether an odd number of backslashes is before `index`. */
function isEscaped(bytes: Uint8Array, start: number, index: number): boolean {
  let first = index;
  while (first > start && bytes[first - 1] === ESCAPE) first -= 1;
  return (index - first) % 2 === 1;
}
