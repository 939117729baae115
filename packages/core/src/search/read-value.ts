import { findQuote, isSeparator, scanUntil } from "./scan-text.ts";
import { QueryError } from "./search-error.ts";
import { type UnescapedValue, unescapeValue } from "./unescape-value.ts";

/** The value of a filter: one text, or the texts of a `[a,b]` list. Stars in a list are ordinary characters. */
export type FilterValue = ({ form: "single" } & UnescapedValue) | { form: "list"; values: readonly string[] };

/** What was read, and the index of the first character after it. */
export type Reading<T> = { value: T; end: number };

const strayQuote = (text: string): QueryError => new QueryError(`Invalid quote at '${text}': quotes must enclose text or be escaped.`);

const badList = (key: string): QueryError =>
  new QueryError(
    `Invalid list after '${key}:': separate values with commas, quote values that contain spaces, commas or brackets, and end with ].`,
  );

/** Reads quoted text, or a run of characters up to one that `stops`; an empty run is the empty text. */
const readText = (query: string, start: number, stops: (character: string) => boolean): Reading<string> => {
  if (query.charAt(start) !== '"') {
    const end = scanUntil(query, start, stops);
    const run = query.slice(start, end);
    if (findQuote(run, 0) !== -1) throw strayQuote(run);
    return { value: run, end };
  }
  const close = findQuote(query, start + 1);
  const end = scanUntil(query, close === -1 ? start : close + 1, stops);
  if (close === -1 || end !== close + 1) throw strayQuote(query.slice(start, end));
  return { value: query.slice(start + 1, close), end };
};

const endsListItem = (character: string): boolean => character === "," || character === "]" || isSeparator(character);

const skipSeparators = (query: string, from: number): number => scanUntil(query, from, (character) => !isSeparator(character));

const readList = (query: string, start: number, key: string): Reading<FilterValue> => {
  const values: string[] = [];
  let end = start;
  do {
    const itemStart = skipSeparators(query, end + 1);
    const item = readText(query, itemStart, endsListItem);
    end = skipSeparators(query, item.end);
    if (end === query.length) throw badList(key);
    if (item.end === itemStart) throw new QueryError("Lists should not have empty values");
    values.push(unescapeValue(item.value).text);
  } while (query.charAt(end) === ",");
  const after = query.charAt(end + 1);
  if (query.charAt(end) !== "]" || (after !== "" && !isSeparator(after))) throw badList(key);
  return { value: { form: "list", values }, end: end + 1 };
};

/**
 * Reads the value of a filter at `start`: a word, `"text in quotes"`, or, where `mayBeList`, `[a, "b c"]`.
 *
 * @throws SearchError for an empty value, a stray quote, or a list that is empty in places or not closed; `key` is only named there
 */
export const readValue = (query: string, start: number, key: string, mayBeList: boolean): Reading<FilterValue> => {
  if (mayBeList && query.charAt(start) === "[") return readList(query, start, key);
  const { value, end } = readText(query, start, isSeparator);
  if (end === start) throw new QueryError(`Empty string after '${key}:'`);
  return { value: { form: "single", ...unescapeValue(value) }, end };
};
