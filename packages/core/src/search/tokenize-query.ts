import { readValue, type Reading } from "./read-value.ts";
import type { Comparison } from "./release-query.ts";
import { findQuote, isSeparator, scanUntil } from "./scan-text.ts";
import { QueryError } from "./search-error.ts";
import type { FilterToken } from "./search-filter.ts";

export type QueryToken = { kind: "word"; text: string } | ({ kind: "filter" } & FilterToken);

/** The keys that may be searched for, and whether each takes an operator. */
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

const readWord = (query: string, start: number): Reading<QueryToken> => {
  const close = query.charAt(start) === '"' ? findQuote(query, start + 1) : -1;
  const end = scanUntil(query, Math.max(start, close), isSeparator);
  const text = query.slice(start, end);
  if (/^(?:and|or)$/i.test(text)) {
    throw new QueryError('Boolean statements containing "OR" or "AND" are not supported in this search');
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
  if (rule === undefined) throw new QueryError(`Invalid key for this search: ${key}`);
  const valueStart = start + match[0].length;
  const written = rule.takesOperator ? operators.find(([text]) => query.startsWith(text, valueStart)) : undefined;
  const [text, operator, negates] = written ?? noOperator;
  const { value, end } = readValue(query, valueStart + text.length, key, written === undefined);
  return { value: { kind: "filter", key, negated: (match[1] === "!") !== negates, operator, value }, end };
};

/**
 * Splits a search into words and `key:value` filters, from left to right (contract 15.3). Text in quotes is one word, so a filter
 * written inside quotes is none.
 *
 * @throws SearchError for a key that is not in `keys`, AND and OR, and values that cannot be read
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
