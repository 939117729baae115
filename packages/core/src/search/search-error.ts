const brand = Symbol.for("landfall.SearchError");

/**
 * A search or a date range that the caller wrote wrongly. Its message is the text of the wire: REST answers it as
 * 400 `{"detail": message}` (contract 1.19, 15.1, 15.3).
 */
export class QueryError extends Error {
  readonly [brand] = true;
  override readonly name = "SearchError";
}

/** Whether something thrown is a `SearchError`, told by its brand because `instanceof` fails across two bundles. */
export const isQueryError = (error: unknown): error is QueryError => typeof error === "object" && error !== null && brand in error;
