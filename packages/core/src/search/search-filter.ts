import type { FilterValue } from "./read-value.ts";
import type { Comparison, QueryTerm } from "./release-query.ts";

/** A `key:value` term as written, with `!` and `!=` folded into `negated`. */
export type FilterToken = { key: string; negated: boolean; operator: Comparison; value: FilterValue };

/** One key of the search language. */
export interface QueryFilter {
  /** Whether `>`, `>=`, `<`, `<=`, `=` and `!=` before the value compare; for other keys they are part of the value. */
  readonly takesOperator: boolean;
  /** The term that a token of this key stands for, or null when it filters nothing. Throws a `SearchError` for a value it refuses. */
  term(token: FilterToken, now: Date): QueryTerm | null;
}
