import { type StorageFailure, storageFailureOf } from "@landfall/db/storage-failure";
import type { ErrorCode, Issue } from "@landfall/schema/error";

const brand = Symbol.for("landfall.AppError");

export type AppErrorOptions = {
  /** What is wrong, field by field. Empty when the failure is about the whole request. */
  readonly issues?: readonly Issue[];
  /** A stable word for programs, where the code alone does not tell. */
  readonly reason?: string;
  /** In how many seconds the same request may succeed; 5 by default for `unavailable`, 60 for `storage_full`, none for the others. */
  readonly retryAfter?: number;
  /** What REST answers in its place, where the contract prescribes an answer that shows more than the caller may know. */
  readonly onWire?: AppError;
  readonly cause?: unknown;
};

const RETRY_AFTER: Partial<Record<ErrorCode, number>> = { unavailable: 5, storage_full: 60 };

/** A failure the caller may be told about. Anything else that is thrown is a bug and is answered with a bare 500. */
export class AppError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly issues: readonly Issue[];
  readonly reason: string | undefined;
  /** In how many seconds the same request may succeed; null where repeating it does not help. */
  readonly retryAfter: number | null;
  readonly onWire: AppError | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.issues = options.issues ?? [];
    this.reason = options.reason;
    this.retryAfter = options.retryAfter ?? RETRY_AFTER[code] ?? null;
    this.onWire = options.onWire;
  }
}

/** Whether `error` is an AppError. By its brand: two bundles hold two copies of the class, and `instanceof` would fail. */
export const isAppError = (error: unknown): error is AppError => typeof error === "object" && error !== null && brand in error;

/** A failure at one field of the input, in the wire's words. */
export const invalidField = (path: string, message: string): AppError =>
  new AppError("invalid", message, { issues: [{ path: [path], message }] });

/** 404 with the text every missing thing has (contract 1.20). */
export const notFound = (): AppError => new AppError("not_found", "The requested resource does not exist");

/** 403 with the text every refusal has (contract 1.20). */
export const forbidden = (): AppError => new AppError("forbidden", "You do not have permission to perform this action.");

/**
 * 404 for something that exists and that the caller may not know of: exactly what a missing thing answers, but over REST, where the
 * contract prescribes 403 for organizations and projects (contract 1.17, 1.20, 16.3).
 */
export const outOfReach = (): AppError => new AppError("not_found", notFound().message, { onWire: forbidden() });

/** 401 for a request that names nobody (contract 1.20). */
export const unauthenticated = (): AppError => new AppError("unauthenticated", "Authentication credentials were not provided.");

/**
 * Returns what the caller may be told about a failure: an `AppError` as it is, and `unavailable` or `storage_full` for trouble of the
 * database or a disk. Null for a bug and for a damaged database, which no repetition helps.
 */
export function toAppError(error: unknown): AppError | null {
  if (isAppError(error)) return error;
  if (isAborted(error)) return new AppError("invalid", "The request ended before its body was complete.", { cause: error });
  const failure = storageFailureOf(error);
  return failure === null ? null : STORAGE[failure](error);
}

/** Whether the log of the server should have a failure: a bug, or trouble of the database, a disk or the object storage. */
export const isServerFault = (error: unknown): boolean => storageFailureOf(error) !== null || !(isAppError(error) || isAborted(error));

/** In the words of the adapter between node:http and fetch. */
const ABORT_MESSAGES: ReadonlySet<string> = new Set(["Client connection prematurely closed.", "Error: aborted"]);

/** Whether a body could not be read because the sender of the request has left; nobody waits for the answer. */
const isAborted = (error: unknown): boolean =>
  error instanceof Error &&
  (ABORT_MESSAGES.has(error.message) || (error.message === "aborted" && "code" in error && error.code === "ECONNRESET"));

const unavailable =
  (message: string, retryAfter: number, reason?: string) =>
  (cause: unknown): AppError =>
    new AppError("unavailable", message, { retryAfter, cause, ...(reason === undefined ? {} : { reason }) });

const STORAGE: Record<StorageFailure, (cause: unknown) => AppError | null> = {
  database_unreachable: unavailable("The server cannot reach its database. Try again in a few seconds.", 2),
  artifacts_unreachable: unavailable("The server cannot reach the place where artifacts are kept. Try again in a minute.", 30),
  outcome_unknown: unavailable(
    "The server lost its database while saving. Check whether the change is there before you repeat it.",
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
  io_error: unavailable("The server's disk does not work properly. Nothing was saved.", 30),
  damaged: () => null,
  closing: unavailable("The server is shutting down. Try again in a few seconds.", 2),
};
