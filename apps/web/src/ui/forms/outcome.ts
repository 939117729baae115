import type { ErrorCode } from "@landfall/schema/error";

/** Why an operation refused, as a page tells it. */
export type Failure = {
  readonly code: ErrorCode;
  /** Of the whole; null when `fields` say it all. */
  readonly message: string | null;
  /** What is wrong with each field, by its name. */
  readonly fields: Readonly<Record<string, string>>;
};

/** What became of something a person did on a page. `null` before anything was done. */
export type Outcome<T = null> = { readonly kind: "done"; readonly value: T } | ({ readonly kind: "refused" } & Failure) | null;
