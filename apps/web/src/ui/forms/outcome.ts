import type { ErrorCode } from "@landfall/schema/error";

/** Why an operation failed, as a page shows it. */
export type Failure = {
  readonly code: ErrorCode;
  /** A stable word where the code alone is not specific enough, such as `invalid_cursor`. */
  readonly reason?: string | undefined;
  /** What is wrong with the request as a whole; null when `fields` has it all. */
  readonly message: string | null;
  /** What is wrong with each field, by its name. */
  readonly fields: Readonly<Record<string, string>>;
};

/** Returns the message of a failure; without one, its field messages in one line. */
export const failureText = ({ message, fields }: Pick<Failure, "message" | "fields">): string => message ?? Object.values(fields).join(" ");

/** A failed action. */
export type Refusal = { readonly kind: "refused" } & Failure;

/** The result of a server action; `null` before it was called. */
export type Outcome<T = null> = { readonly kind: "done"; readonly value: T } | Refusal | null;
