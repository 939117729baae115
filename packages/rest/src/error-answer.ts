import { type AppError, toAppError } from "@landfall/core/app-error";
import type { ErrorCode } from "@landfall/schema/error";
import { foldIssues } from "./fold-issues.ts";
import type { Answer } from "./route.ts";

const STATUS: Record<ErrorCode, number> = {
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
};

/** Bodies that are neither `{"detail": …}` nor fields, by the failure's reason. */
const BODIES: Record<string, (message: string) => unknown> = {
  "parameter-validation-error": (message) => ({ detail: { code: "parameter-validation-error", message, extra: { context: "" } } }),
  invalid_sort_by_parameter: (message) => ({ detail: { code: "invalid_sort_by_parameter", message, extra: {} } }),
  team_exists: (message) => ({ non_field_errors: [message], detail: message }),
  validation: () => ({ error_type: "validation" }),
  error: (message) => ({ error: message }),
  empty: () => undefined,
};

/**
 * What a failure answers (contract 1.19, 1.20), or null when it is a bug: nothing may be told about that. `named` says whether fields
 * are named (bodies) or only the first problem is told as text (queries). With `isWire: false`, for what no contract describes, nothing is
 * shown beyond what the caller may know.
 */
export function errorAnswer(error: unknown, named: boolean, { isWire = true }: { readonly isWire?: boolean } = {}): Answer | null {
  const found = toAppError(error);
  if (found === null) return null;
  const failure = (isWire ? found.onWire : undefined) ?? found;
  const { code, retryAfter } = failure;
  const headers: Record<string, string> = {
    ...(code === "unauthenticated" ? { "WWW-Authenticate": 'xBasic realm="api"' } : {}),
    ...(retryAfter === null ? {} : { "Retry-After": String(retryAfter) }),
  };
  const answer = { status: STATUS[code], body: errorBody(failure, named) };
  return Object.keys(headers).length === 0 ? answer : { ...answer, headers };
}

function errorBody({ message, issues, reason }: AppError, named: boolean): unknown {
  const special = reason === undefined ? undefined : BODIES[reason];
  if (special) return special(message);
  if (issues.length === 0) return { detail: message };
  return named ? foldIssues(issues) : { detail: issues[0]?.message ?? message };
}
