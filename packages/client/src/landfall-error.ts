import { codeOfHttpStatus, type ErrorCode, type Issue } from "@landfall/schema/error";
import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "./app-router.ts";

/**
 * The codes of the server, `network` if no Landfall server could be reached, `internal` if the server failed, and `aborted` if the caller
 * aborted the call.
 */
export type LandfallErrorCode = ErrorCode | "network" | "internal" | "aborted";

export type LandfallErrorFacts = {
  readonly code: LandfallErrorCode;
  /** The invalid fields of the input. */
  readonly issues?: readonly Issue[];
  /** A stable identifier that is more specific than the code. */
  readonly reason?: string | null;
  /** The HTTP status; null without a response. */
  readonly status?: number | null;
  /** After how many seconds the server asks to retry; null if it does not. */
  readonly retryAfter?: number | null;
  /** The id of the request in the server's log. */
  readonly requestId?: string | null;
  readonly cause?: Error;
};

const brand = Symbol.for("landfall.LandfallError");

/** A failed call. It extends `TRPCClientError`, because tRPC wraps all other errors that its links throw. */
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
    // tRPC's constructor sets the prototype to that of its own class.
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

/** Whether `error` is a LandfallError. Not `instanceof`, which fails if two bundles contain the class. */
export const isLandfallError = (error: unknown): error is LandfallError => typeof error === "object" && error !== null && brand in error;

/** The failure of a call that the caller aborted. */
export const abortedError = (cause?: unknown): LandfallError =>
  new LandfallError("The call was aborted.", { code: "aborted", cause: cause instanceof Error ? cause : undefined });

/** Statuses that mean something else in a response that is not from a Landfall server, such as a proxy's. */
const FOREIGN_STATUS: Readonly<Record<number, LandfallErrorCode>> = {
  400: "internal",
  404: "network",
  408: "unavailable",
  409: "internal",
  502: "unavailable",
  504: "unavailable",
};

/** The code for a response that may not be from a Landfall server: a 404 means that there is none at this URL. */
export const codeOfStatus = (status: number): LandfallErrorCode =>
  FOREIGN_STATUS[status] ?? codeOfHttpStatus(status) ?? (status < 400 ? "network" : "internal");

/** Converts the error of a call, from the server or from the transport. */
export function toLandfallError(error: TRPCClientError<AppRouter>): LandfallError {
  if (isLandfallError(error)) return error;
  const { data } = error;
  if (!data) return new LandfallError(`Invalid response from the server: ${error.message}`, { code: "internal", cause: error });
  const { httpStatus, issues, reason, retryAfter } = data;
  return new LandfallError(error.message, {
    code: codeOfHttpStatus(httpStatus) ?? "internal",
    issues,
    reason,
    retryAfter,
    status: httpStatus,
    requestId: requestIdOf(error),
    cause: error,
  });
}

/** `send` stores the request id in the response object, the only one that tRPC passes on. */
function requestIdOf({ meta }: TRPCClientError<AppRouter>): string | null {
  const response = meta?.["response"];
  const id = typeof response === "object" && response !== null && "requestId" in response ? response.requestId : null;
  return typeof id === "string" ? id : null;
}
