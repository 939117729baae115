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

/** The maximum length of a query in UTF-16 code units. */
export const maxQueryLength = 4096;

/** The maximum number of filters in a query; each becomes a condition in the database. */
export const maxQueryFilters = 50;

/** Databases reject NUL in text, and half a surrogate pair has no UTF-8. No version contains either (contract 1.19, 3.3). */
const assertValidText = (query: string): void => {
  if (query.length > maxQueryLength) {
    throw new QueryError(`The query is too long: it has ${query.length} characters, and the limit is ${maxQueryLength}.`, "too_long");
  }
  if (query.includes("\0")) throw new QueryError("Null characters are not allowed.", "characters");
  const surrogate = /[\ud800-\udfff]/u.exec(query)?.[0];
  if (surrogate === undefined) return;
  throw new QueryError(`Surrogate characters are not allowed: U+${surrogate.charCodeAt(0).toString(16).toUpperCase()}.`, "characters");
};

/**
 * Parses the `query` parameter of a list of releases (contract 15.3). Returns its filters in the order written. Words outside filters
 * become one text term with the whole query; a query of spaces has no terms. Ages such as `-7d` are relative to `now`. `release.stage` also
 * requires exactly one environment, which the caller must check: see `singleEnvironmentMessage`.
 *
 * @throws QueryError with the text of the wire for an invalid query, and for one above the limits
 *
 * @example parseReleaseQuery("!release:1.* finalized:true", now)
 * // [{ kind: "release", negated: true, match: { form: "prefix", value: "1." } }, { kind: "finalized", value: true }]
 */
export const parseReleaseQuery = (query: string, now: Date): ReleaseQuery => {
  assertValidText(query);
  const tokens = tokenizeQuery(query, filters);
  const filterTokens = tokens.filter((token) => token.kind === "filter");
  if (filterTokens.length > maxQueryFilters) {
    throw new QueryError(
      `The query has ${filterTokens.length} filters, and the limit is ${maxQueryFilters}. Use lists such as release:[a,b].`,
      "too_many_filters",
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

/** Splits `before (inside)` at the last opening bracket that follows white space, if the only closing bracket after it ends the text. */
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
 * Returns the term for the words outside filters: versions that contain the whole query as typed, including filters and spaces. A query
 * that ends like a description, `1.0 (42)`, also matches versions that contain `1.0+42` (contract 15.3).
 */
export const textTerm = (query: string): TextTerm => {
  const build = splitBuild(query);
  return { kind: "text", value: query, alsoContains: build === null ? null : `${build.before}+${build.inside}` };
};
