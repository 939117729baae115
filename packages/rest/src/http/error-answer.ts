import { type AppError, toAppError } from "@landfall/core/kernel/app-error";
import type { ErrorCode, Issue } from "@landfall/schema/error";
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

type Folded = { [key: string]: string[] | Folded };

/**
 * Issues in the wire's shape: field names nest, list indexes vanish (`{"commits":{"id":["This field is required."]}}`), and what is
 * about the whole input stands under `non_field_errors` (contract 1.19).
 */
export function foldIssues(issues: readonly Issue[]): Folded {
  const root: Folded = Object.create(null);
  for (const { path, message } of issues) {
    const names = path.filter((step) => typeof step === "string");
    addMessage(root, names.length > 0 ? names : ["non_field_errors"], message);
  }
  return root;
}

function addMessage(folded: Folded, [name = "", ...rest]: readonly string[], message: string): void {
  const there = folded[name];
  if (rest.length === 0) {
    if (there === undefined) folded[name] = [message];
    else if (Array.isArray(there)) there.push(message);
    return;
  }
  if (Array.isArray(there)) return;
  const inner: Folded = there ?? Object.create(null);
  folded[name] = inner;
  addMessage(inner, rest, message);
}
