/**
 * The error codes of the API and the HTTP status of each, the same over REST, tRPC and sign-in. Every status has one code, so that clients
 * can derive the code from it.
 */
export const HTTP_STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  unavailable: 503,
  storage_full: 507,
} as const;

export type ErrorCode = keyof typeof HTTP_STATUS;

export const ERROR_CODES: readonly ErrorCode[] = Object.keys(HTTP_STATUS).filter(isErrorCode);

function isErrorCode(key: string): key is ErrorCode {
  return Object.hasOwn(HTTP_STATUS, key);
}

/** The code with this HTTP status; undefined for a status that the API does not use for its errors. */
export const codeOfHttpStatus = (status: number): ErrorCode | undefined => ERROR_CODES.find((code) => HTTP_STATUS[code] === status);

/** One problem of the input: its path (keys and indexes from the top) and a message. */
export type Issue = { readonly path: readonly (string | number)[]; readonly message: string };
