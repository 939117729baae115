import type { AppRouter } from "@landfall/api/app-router";
import type { ErrorCode, Issue } from "@landfall/schema/error";
import { TRPCClientError } from "@trpc/client";

/**
 * What went wrong, as a program asks: the server's own codes, `network` when no Landfall server could be reached, `internal` when it
 * failed, `aborted` when the caller gave up.
 */
export type LandfallErrorCode = ErrorCode | "network" | "internal" | "aborted";

export type LandfallErrorFacts = {
  readonly code: LandfallErrorCode;
  /** What is wrong with the input, field by field. */
  readonly issues?: readonly Issue[];
  /** A stable word where the code alone does not tell. */
  readonly reason?: string | null;
  /** The HTTP status of the answer; null when there was none. */
  readonly status?: number | null;
  /** In how many seconds the server asks for the call again; null when it does not. */
  readonly retryAfter?: number | null;
  /** The server's id of the request, to be found in its log. */
  readonly requestId?: string | null;
  readonly cause?: Error;
};

const brand = Symbol.for("landfall.LandfallError");

/** A call that failed. It is a `TRPCClientError` because tRPC wraps everything else that its links throw. */
export class LandfallError extends TRPCClientError<AppRouter> {
  readonly [brand] = true;
  readonly code: LandfallErrorCode;
  readonly issues: readonly Issue[];
  readonly reason: string | null;
  readonly status: number | null;
  readonly retryAfter: number | null;
  readonly requestId: string | null;

  constructor(message: string, facts: LandfallErrorFacts) {
    super(message, facts.cause === undefined ? {} : { cause: facts.cause });
    // tRPC's constructor makes every instance one of its own class only.
    Object.setPrototypeOf(this, LandfallError.prototype);
    this.name = "LandfallError";
    this.code = facts.code;
    this.issues = facts.issues ?? [];
    this.reason = facts.reason ?? null;
    this.status = facts.status ?? null;
    this.retryAfter = facts.retryAfter ?? null;
    this.requestId = facts.requestId ?? null;
  }
}

/** Whether `error` is a LandfallError. By its brand: two bundles hold two copies of the class, and `instanceof` would fail. */
export const isLandfallError = (error: unknown): error is LandfallError => typeof error === "object" && error !== null && brand in error;

/** The failure of a call whose caller gave up. */
export const abortedError = (cause?: unknown): LandfallError =>
  new LandfallError("The call was aborted.", { code: "aborted", ...(cause instanceof Error ? { cause } : {}) });

const BY_STATUS: Readonly<Record<number, LandfallErrorCode>> = {
  401: "unauthenticated",
  403: "forbidden",
  404: "network",
  408: "unavailable",
  413: "too_large",
  415: "unsupported_media_type",
  429: "rate_limited",
  502: "unavailable",
  503: "unavailable",
  504: "unavailable",
  507: "storage_full",
};

/** The code of an answer that is none of tRPC's, such as a proxy's: a 404 means that no Landfall server is there. */
export const codeOfStatus = (status: number): LandfallErrorCode => BY_STATUS[status] ?? (status < 400 ? "network" : "internal");

const CODES: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: "invalid",
  UNAUTHORIZED: "unauthenticated",
  FORBIDDEN: "forbidden",
  NOT_FOUND: "not_found",
  CONFLICT: "conflict",
  PAYLOAD_TOO_LARGE: "too_large",
  UNSUPPORTED_MEDIA_TYPE: "unsupported_media_type",
  TOO_MANY_REQUESTS: "rate_limited",
  SERVICE_UNAVAILABLE: "unavailable",
};

/** The failure of one call in the client's words: what the server said of it, or what kept the call from being answered. */
export function toLandfallError(error: TRPCClientError<AppRouter>): LandfallError {
  if (isLandfallError(error)) return error;
  const { data } = error;
  if (!data) return new LandfallError(`The server's answer cannot be read: ${error.message}`, { code: "internal", cause: error });
  const { code, httpStatus, issues, reason, retryAfter } = data;
  return new LandfallError(error.message, {
    // tRPC has no code for 507.
    code: httpStatus === 507 ? "storage_full" : (CODES[code] ?? "internal"),
    issues,
    reason,
    retryAfter,
    status: httpStatus,
    requestId: requestIdOf(error),
    cause: error,
  });
}

/** Where `send` leaves the answer's request id: the only place that tRPC carries through. */
function requestIdOf({ meta }: TRPCClientError<AppRouter>): string | null {
  const response = meta?.["response"];
  const id = typeof response === "object" && response !== null && "requestId" in response ? response.requestId : null;
  return typeof id === "string" ? id : null;
}
