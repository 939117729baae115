import {
  buildFilter,
  createdFilter,
  finalizedFilter,
  packageFilter,
  type QueryFilter,
  releaseFilter,
  stageFilter,
  versionFilter,
} from "./filters.ts";
import { QueryError, type QueryTerm, type ReleaseQuery, type TextTerm } from "./release-query.ts";
import { tokenizeQuery } from "./tokenize-query.ts";

const filters: ReadonlyMap<string, QueryFilter> = new Map([
  ["release", releaseFilter],
  ["release.version", versionFilter],
  ["release.package", packageFilter],
  ["release.build", buildFilter],
  ["release.stage", stageFilter],
  ["finalized", finalizedFilter],
  ["release.created", createdFilter],
]);

/** The longest search that is read, in UTF-16 code units. */
export const maxQueryLength = 4096;

/** The most filters one search may have; each becomes a condition in the database. */
export const maxQueryFilters = 50;

/** Databases refuse NUL in text, and half a surrogate pair has no UTF-8; no version holds either (contract 1.19, 3.3). */
const assertSearchable = (query: string): void => {
  if (query.length > maxQueryLength) {
    throw new QueryError(`The search is too long: it has ${query.length} characters, and at most ${maxQueryLength} are read. Shorten it.`);
  }
  if (query.includes("\0")) throw new QueryError("Null characters are not allowed.");
  const surrogate = /[\ud800-\udfff]/u.exec(query)?.[0];
  if (surrogate === undefined) return;
  throw new QueryError(`Surrogate characters are not allowed: U+${surrogate.charCodeAt(0).toString(16).toUpperCase()}.`);
};

/**
 * Reads a search over releases, the `query` parameter of a list (contract 15.3). Its filters are answered in the order written, and its
 * bare words as one text term that holds the whole query; a query of spaces is no term at all. Ages such as `-7d` count from `now`.
 * `release.stage` also needs exactly one environment, which the caller knows: see `singleEnvironmentMessage`.
 *
 * @throws SearchError with the wire's text when the query is not of the language, or is longer than it may be
 *
 * @example parseReleaseQuery("!release:1.* finalized:true", now)
 * // [{ kind: "release", negated: true, match: { form: "prefix", value: "1." } }, { kind: "finalized", value: true }]
 */
export const parseReleaseQuery = (query: string, now: Date): ReleaseQuery => {
  assertSearchable(query);
  const tokens = tokenizeQuery(query, filters);
  const filterTokens = tokens.filter((token) => token.kind === "filter");
  if (filterTokens.length > maxQueryFilters) {
    throw new QueryError(
      `The search has ${filterTokens.length} filters, and at most ${maxQueryFilters} are read. Use lists such as release:[a,b].`,
    );
  }
  const terms: QueryTerm[] = filterTokens.length < tokens.length ? [textTerm(query)] : [];
  for (const token of filterTokens) {
    const term = filters.get(token.key)?.term(token, now) ?? null;
    if (term !== null) terms.push(term);
  }
  return terms;
};

const isWhiteSpace = (character: string): boolean => /\s/.test(character);

/** Parts of `before (inside)`: the last opening bracket after white space that only the closing one at the end follows. */
const splitBuild = (query: string): { before: string; inside: string } | null => {
  const text = query.trimEnd();
  if (!text.endsWith(")")) return null;
  for (let index = text.length - 2; index > 0 && text.charAt(index) !== ")"; index -= 1) {
    if (text.charAt(index) === "(" && index < text.length - 2 && isWhiteSpace(text.charAt(index - 1))) {
      return { before: text.slice(0, index - 1), inside: text.slice(index + 1, -1) };
    }
  }
  return null;
};

/**
 * The term that the bare words of a search stand for: versions that contain the whole search as typed, filters and spaces included.
 * A search that ends like a description, `1.0 (42)`, also finds what it describes: versions that contain `1.0+42` (contract 15.3).
 */
export const textTerm = (query: string): TextTerm => {
  const build = splitBuild(query);
  return { kind: "text", value: query, alsoContains: build === null ? null : `${build.before}+${build.inside}` };
};
