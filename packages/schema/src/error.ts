/** The kinds of failure a caller may be told about. Each adapter has one table from these to its own codes. */
export const ERROR_CODES = [
  "invalid",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "too_large",
  "unsupported_media_type",
  "rate_limited",
  "unavailable",
  "storage_full",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** One thing wrong with the input: where (keys and indexes from the top) and what. */
export type Issue = { readonly path: readonly (string | number)[]; readonly message: string };
