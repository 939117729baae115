import type { FilterToken } from "./filters.ts";
import { type Comparison, QueryError } from "./release-query.ts";

export type QueryToken = { kind: "word"; text: string } | ({ kind: "filter" } & FilterToken);

/** The keys of filters, and whether each takes an operator. */
export type QueryKeys = ReadonlyMap<string, { readonly takesOperator: boolean }>;

// Longer operators first: `>` would match the beginning of `>=`.
const operators: readonly (readonly [text: string, operator: Comparison, negates: boolean])[] = [
  [">=", ">=", false],
  ["<=", "<=", false],
  ["!=", "=", true],
  [">", ">", false],
  ["<", "<", false],
  ["=", "=", false],
];

const noOperator = ["", "=", false] as const;

/**
 * Splits a query into words and `key:value` filters, from left to right (contract 15.3). Text in quotes is one word, and is not searched for
 * filters.
 *
 * @throws QueryError for a key that is not in `keys`, for AND and OR, and for an invalid value
 */
export const tokenizeQuery = (query: string, keys: QueryKeys): QueryToken[] => {
  const tokens: QueryToken[] = [];
  let index = scanUntil(query, 0, (character) => !isSeparator(character));
  while (index < query.length) {
    const { value, end } = readToken(query, index, keys);
    tokens.push(value);
    index = scanUntil(query, end, (character) => !isSeparator(character));
  }
  return tokens;
};

const readWord = (query: string, start: number): Reading<QueryToken> => {
  const close = query.charAt(start) === '"' ? findQuote(query, start + 1) : -1;
  const end = scanUntil(query, Math.max(start, close), isSeparator);
  const text = query.slice(start, end);
  if (/^(?:and|or)$/i.test(text)) {
    throw new QueryError('Boolean statements containing "OR" or "AND" are not supported in this search', "boolean_operator");
  }
  return { value: { kind: "word", text }, end };
};

const readToken = (query: string, start: number, keys: QueryKeys): Reading<QueryToken> => {
  const keyPattern = /(!?)([a-zA-Z0-9_.-]+):/y;
  keyPattern.lastIndex = start;
  const match = keyPattern.exec(query);
  const key = match?.[2];
  if (match === null || key === undefined) return readWord(query, start);
  const rule = keys.get(key);
  if (rule === undefined) throw new QueryError(`Invalid key for this search: ${key}`, "unknown_key", key);
  const valueStart = start + match[0].length;
  const found = rule.takesOperator ? operators.find(([text]) => query.startsWith(text, valueStart)) : undefined;
  const [text, operator, negates] = found ?? noOperator;
  const { value, end } = readValue(query, valueStart + text.length, key, found === undefined);
  return { value: { kind: "filter", key, negated: (match[1] === "!") !== negates, operator, value }, end };
};

/** The value of a filter: one text, or the texts of a `[a,b]` list. Stars in a list are ordinary characters. */
export type FilterValue = ({ form: "single" } & UnescapedValue) | { form: "list"; values: readonly string[] };

/** A parsed value, and the index of the first character after it. */
type Reading<T> = { value: T; end: number };

const strayQuote = (text: string): QueryError =>
  new QueryError(`Invalid quote at '${text}': quotes must enclose text or be escaped.`, "quote");

const badList = (key: string): QueryError =>
  new QueryError(
    `Invalid list after '${key}:': separate values with commas, quote values that contain spaces, commas or brackets, and end with ].`,
    "value",
    key,
  );

/** Reads quoted text, or the characters before the first one that `stops` accepts, which may be none. */
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
    if (item.end === itemStart) throw new QueryError("Lists should not have empty values", "empty_list_value");
    values.push(unescapeValue(item.value).text);
  } while (query.charAt(end) === ",");
  const after = query.charAt(end + 1);
  if (query.charAt(end) !== "]" || (after !== "" && !isSeparator(after))) throw badList(key);
  return { value: { form: "list", values }, end: end + 1 };
};

/**
 * Reads the value of a filter at `start`: a word, `"text in quotes"`, or, if `mayBeList`, `[a, "b c"]`. `key` is used in messages only.
 *
 * @throws QueryError for an empty value, a stray quote, and a list that has an empty value or is not closed
 */
export const readValue = (query: string, start: number, key: string, mayBeList: boolean): Reading<FilterValue> => {
  if (mayBeList && query.charAt(start) === "[") return readList(query, start, key);
  const { value, end } = readText(query, start, isSeparator);
  if (end === start) throw new QueryError(`Empty string after '${key}:'`, "value", key);
  return { value: { form: "single", ...unescapeValue(value) }, end };
};

/** A value without escapes, and whether its first and last characters are wildcards. */
type UnescapedValue = { text: string; startsWithStar: boolean; endsWithStar: boolean };

/**
 * Resolves the escapes of a value: `\"`, `\*`, and `\\` stand for the character itself, and an escaped star is not a wildcard. Any other
 * backslash is an ordinary character.
 *
 * @example unescapeValue("1.0\\*") // { text: "1.0*", startsWithStar: false, endsWithStar: false }
 */
export const unescapeValue = (raw: string): UnescapedValue => {
  let text = "";
  let startsWithStar = false;
  let endsWithStar = false;
  for (let index = 0; index < raw.length; index += 1) {
    const isEscape = raw.charAt(index) === "\\" && index + 1 < raw.length && '"*\\'.includes(raw.charAt(index + 1));
    if (isEscape) index += 1;
    const character = raw.charAt(index);
    endsWithStar = !isEscape && character === "*";
    if (text === "") startsWithStar = endsWithStar;
    text += character;
  }
  return { text, startsWithStar, endsWithStar };
};

/** Returns whether a character separates terms. Only these four do, because a version may contain any other white space. */
export const isSeparator = (character: string): boolean =>
  character === " " || character === "\t" || character === "\n" || character === "\r";

/** Returns the index of the first character at or after `from` that `stops` accepts, or the length of the text. */
export const scanUntil = (text: string, from: number, stops: (character: string) => boolean): number => {
  let index = from;
  while (index < text.length && !stops(text.charAt(index))) index += 1;
  return index;
};

/** Returns the index of the first unescaped quote at or after `from`, or -1. */
export const findQuote = (text: string, from: number): number => {
  for (let index = from; index < text.length; index += 1) {
    if (text.charAt(index) === "\\") index += 1;
    else if (text.charAt(index) === '"') return index;
  }
  return -1;
};
