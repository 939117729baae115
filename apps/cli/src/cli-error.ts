import type { ExitCause } from "./exit-codes.ts";

const brand = Symbol.for("landfall.CliError");

/** A failure that people are told as it is: what went wrong, and what to do next. */
export class CliError extends Error {
  readonly [brand] = true;
  readonly exit: ExitCause;
  /** What to do about it. */
  readonly hint: string | null;

  constructor(exit: ExitCause, message: string, hint: string | null = null) {
    super(message);
    this.name = "CliError";
    this.exit = exit;
    this.hint = hint;
  }
}

/** Whether `error` is a CliError. */
export const isCliError = (error: unknown): error is CliError => typeof error === "object" && error !== null && brand in error;
