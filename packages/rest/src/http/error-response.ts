import { type AppError, toAppError } from "@landfall/core/kernel/app-error";
import { HTTP_STATUS, type Issue } from "@landfall/schema/error";
import type { RouteResponse } from "./route.ts";

type ErrorResponseOptions = {
  /** Whether the body names the fields (for the fields of a body), or only has the message of the first problem (for a query). */
  readonly namesFields?: boolean;
  /** False for paths outside of the contract, where the response reveals nothing beyond what the caller may know. */
  readonly isRest?: boolean;
};

/** Returns the response for an error (contract 1.19, 1.20): for a bug, a 500 without details. */
export function errorResponse(error: unknown, { namesFields = false, isRest = true }: ErrorResponseOptions = {}): RouteResponse {
  const found = toAppError(error);
  if (found === null) return { status: 500, body: { detail: "Internal Error" } };
  const failure = (isRest ? found.restError : undefined) ?? found;
  const { code, retryAfter } = failure;
  const headers: Record<string, string> = {
    ...(code === "unauthenticated" ? { "WWW-Authenticate": 'xBasic realm="api"' } : {}),
    ...(retryAfter === null ? {} : { "Retry-After": String(retryAfter) }),
  };
  const response = { status: HTTP_STATUS[code], body: errorBody(failure, namesFields) };
  return Object.keys(headers).length === 0 ? response : { ...response, headers };
}

/** Bodies of errors whose reason has a form of its own, by the reason. */
const BODIES: Record<string, (message: string) => unknown> = {
  "parameter-validation-error": (message) => ({ detail: { code: "parameter-validation-error", message, extra: { context: "" } } }),
  invalid_sort_by_parameter: (message) => ({ detail: { code: "invalid_sort_by_parameter", message, extra: {} } }),
  team_exists: (message) => ({ non_field_errors: [message], detail: message }),
  validation: () => ({ error_type: "validation" }),
  error: (message) => ({ error: message }),
  empty: () => undefined,
};

function errorBody({ message, issues, reason }: AppError, namesFields: boolean): unknown {
  const special = reason === undefined ? undefined : BODIES[reason];
  if (special) return special(message);
  if (issues.length === 0) return { detail: message };
  return namesFields ? foldIssues(issues) : { detail: issues[0]?.message ?? message };
}

type Folded = { [key: string]: string[] | Folded };

/**
 * Issues in the form of the REST API (contract 1.19): nested by field name without list indexes
 * (`{"commits":{"id":["This field is required."]}}`); `non_field_errors` has those of the whole input.
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
  const existing = folded[name];
  if (rest.length === 0) {
    if (existing === undefined) folded[name] = [message];
    else if (Array.isArray(existing)) existing.push(message);
    return;
  }
  if (Array.isArray(existing)) return;
  const inner: Folded = existing ?? Object.create(null);
  folded[name] = inner;
  addMessage(inner, rest, message);
}
