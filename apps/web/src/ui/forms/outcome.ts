import type { ErrorCode } from "@landfall/schema/error";

/** Why an operation failed, as a page shows it. */
export type Failure = {
  readonly code: ErrorCode;
  /** What is wrong with the request as a whole; null when `fields` has it all. */
  readonly message: string | null;
  /** What is wrong with each field, by its name. */
  readonly fields: Readonly<Record<string, string>>;
};

/** A failed action. */
export type Refusal = { readonly kind: "refused" } & Failure;

/** The result of a server action; `null` before it was called. */
export type Outcome<T = null> = { readonly kind: "done"; readonly value: T } | Refusal | null;
