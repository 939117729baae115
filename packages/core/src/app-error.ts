import type { ErrorCode, Issue } from "@landfall/schema/error";

const brand = Symbol.for("landfall.AppError");

export type AppErrorOptions = {
  /** What is wrong, field by field. Empty when the failure is about the whole request. */
  readonly issues?: readonly Issue[];
  /** A stable word for programs, where the code alone does not tell. */
  readonly reason?: string;
  readonly cause?: unknown;
};

/** A failure the caller may be told about. Anything else that is thrown is a bug and is answered with a bare 500. */
export class AppError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly issues: readonly Issue[];
  readonly reason: string | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.issues = options.issues ?? [];
    this.reason = options.reason;
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

/** 401 for a request that names nobody (contract 1.20). */
export const unauthenticated = (): AppError => new AppError("unauthenticated", "Authentication credentials were not provided.");
