import { type StorageFailure, storageFailureOf } from "@landfall/db/storage-failure";
import type { ErrorCode, Issue } from "@landfall/schema/error";

const brand = Symbol.for("landfall.AppError");

export type AppErrorOptions = {
  /** The problems, field by field. Empty if the error is about the whole request. */
  readonly issues?: readonly Issue[];
  /** A stable identifier for programs, if the code alone is not specific enough. */
  readonly reason?: string | undefined;
  /** Whether the message is the wire's text for every error of this code, which does not include a fix. */
  readonly isGeneric?: boolean;
  /** What is missing or not allowed, by name. The tRPC API has it as its message; REST has the wire's text. */
  readonly detail?: string | undefined;
  /** Seconds after which the same request may succeed. Defaults: 5 for `unavailable`, 60 for `storage_full`, none for the others. */
  readonly retryAfter?: number;
  /** The error that REST returns instead, where the contract prescribes one that reveals more than the caller may know. */
  readonly restError?: AppError | undefined;
  readonly cause?: unknown;
};

const RETRY_AFTER: Partial<Record<ErrorCode, number>> = { unavailable: 5, storage_full: 60 };

/** An error that callers may see. Anything else that is thrown is a bug, for which the response is a 500 without details. */
export class AppError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly issues: readonly Issue[];
  readonly reason: string | undefined;
  /** Seconds after which the same request may succeed; null if repeating it does not help. */
  readonly retryAfter: number | null;
  readonly restError: AppError | undefined;
  readonly isGeneric: boolean;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.issues = options.issues ?? [];
    this.reason = options.reason;
    this.retryAfter = options.retryAfter ?? RETRY_AFTER[code] ?? null;
    this.restError = options.restError;
    this.isGeneric = options.isGeneric ?? false;
    this.detail = options.detail;
  }
}

/** Whether `error` is an AppError. Checks its brand, because two bundles contain two copies of the class and `instanceof` would fail. */
export const isAppError = (error: unknown): error is AppError => typeof error === "object" && error !== null && brand in error;

/** 400 with the problems of an input; its message is the first of them. */
export const invalidInput = (issues: readonly Issue[]): AppError =>
  new AppError("invalid", issues[0]?.message ?? "Invalid input", { issues });

/** 400 for one field of the input. `detail` names what is wrong where the message is the wire's text. */
export const invalidField = (path: string, message: string, detail?: string): AppError =>
  new AppError("invalid", message, { issues: [{ path: [path], message }], detail });

/** 400 whose body in REST is `{"error": message}` (contract 1.19). */
export const invalidRequest = (message: string): AppError => new AppError("invalid", message, { reason: "error" });

/** 404 with the message that contract 1.20 prescribes. `detail` names what does not exist. */
export const notFound = (detail: string): AppError =>
  new AppError("not_found", "The requested resource does not exist", { isGeneric: true, detail });

/** 403 with the message that contract 1.20 prescribes. `detail` names what is not allowed, and what to do. */
export const forbidden = (detail: string): AppError =>
  new AppError("forbidden", "You do not have permission to perform this action.", { isGeneric: true, detail });

/**
 * 404 for an organization or project that exists but must stay unknown to the caller: the same error as for a missing one. Only REST returns
 * 403 here, as the contract prescribes (contract 1.17, 1.20, 16.3).
 */
export const outOfReach = (detail: string): AppError =>
  new AppError("not_found", notFound(detail).message, { restError: forbidden(detail), isGeneric: true, detail });

/** 401 for a request without credentials (contract 1.20). */
export const unauthenticated = (): AppError => new AppError("unauthenticated", "Authentication credentials were not provided.");

/**
 * Returns the error that the caller may see: an `AppError` unchanged, and `unavailable` or `storage_full` for a failure of the database or a
 * disk. Null for a bug and for a damaged database, where a retry does not help.
 */
export function toAppError(error: unknown): AppError | null {
  if (isAppError(error)) return error;
  if (isAborted(error)) return new AppError("invalid", "The request ended before its body was complete.", { cause: error });
  const failure = storageFailureOf(error);
  return failure === null ? null : STORAGE[failure](error);
}

/** Whether the server should log an error: a bug, or a failure of the database, a disk or the object storage. */
export const isServerFault = (error: unknown): boolean => storageFailureOf(error) !== null || !(isAppError(error) || isAborted(error));

/** Messages of the adapter between node:http and fetch, whose errors have no code. */
const ABORT_MESSAGES: ReadonlySet<string> = new Set(["Client connection prematurely closed.", "Error: aborted"]);

/** Whether a body could not be read because the client closed the connection and no longer waits for a response. */
const isAborted = (error: unknown): boolean =>
  error instanceof Error &&
  (ABORT_MESSAGES.has(error.message) || (error.message === "aborted" && "code" in error && error.code === "ECONNRESET"));

const unavailable =
  (message: string, retryAfter: number, reason?: string) =>
  (cause: unknown): AppError =>
    new AppError("unavailable", message, { retryAfter, cause, reason });

const STORAGE: Record<StorageFailure, (cause: unknown) => AppError | null> = {
  database_unreachable: unavailable("The server cannot reach its database. Try again in a few seconds.", 2),
  artifacts_unreachable: unavailable("The server cannot reach its artifact storage. Try again in a minute.", 30),
  outcome_unknown: unavailable(
    "The server lost the connection to its database while saving. Check whether the change was saved before you repeat it.",
    2,
    "outcome_unknown",
  ),
  artifact_damaged: unavailable(
    "The server's copy of this artifact is missing or damaged. Upload the artifact again.",
    3600,
    "artifact_damaged",
  ),
  busy: unavailable("The server's database is busy. Try again in a few seconds.", 2),
  disk_full: (cause) => new AppError("storage_full", "The server's disk is full. Nothing was saved.", { cause }),
  read_only: unavailable("The server cannot write to its database at the moment. Nothing was saved.", 30),
  io_error: unavailable("The server's disk reported an I/O error. Nothing was saved.", 30),
  damaged: () => null,
  closing: unavailable("The server is shutting down. Try again in a few seconds.", 2),
};
