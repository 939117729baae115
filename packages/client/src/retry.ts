import type { TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";
import type { AppRouter } from "./app-router.ts";
import { isLandfallError } from "./landfall-error.ts";

/**
 * Retries a query if there was no response or the server was overloaded (429, 502, 503, 504). Retries a mutation only if the server rejected
 * it with `Retry-After`: without a response, it may have been executed.
 */
export function retryCalls(policy: RetryPolicy): TRPCLink<AppRouter> {
  const { wait } = policy;
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        const stopped = new AbortController();
        let running: Unsubscribable | undefined;
        const attempt = (failures: number): void => {
          if (stopped.signal.aborted) return;
          running = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: (error) => {
              const isRetryable = op.type === "query" ? isTransient(error) : isRetryableWrite(error);
              const delay = isRetryable ? retryDelay(error, failures + 1, policy) : null;
              if (delay === null) return observer.error(error);
              void wait(delay, stopped.signal).then(() => attempt(failures + 1));
            },
          });
        };
        attempt(0);
        return () => {
          stopped.abort();
          running?.unsubscribe();
        };
      });
}

export type RetryPolicy = {
  /** How often a failed request is retried; 5 by default. */
  readonly retries: number;
  /** The delay in milliseconds after this number of failures. */
  readonly delayMs: (failures: number) => number;
  /** Waits, or returns early when the signal is aborted. Tests pass their own. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
};

const FIRST_MS = 250;
const MAX_MS = 5_000;

/** Doubles the delay after each failure. Up to half of it is random, so that many clients do not retry at the same time. */
export const backoff = (failures: number, random: () => number = Math.random): number =>
  Math.min(MAX_MS, FIRST_MS * 2 ** (failures - 1)) * (0.5 + random() / 2);

/** The longest `Retry-After` that is respected. */
const MAX_RETRY_AFTER_MS = 10_000;

/** Returns the delay before the next attempt, in milliseconds: that of the policy or of the server, whichever is longer. Null if no retry is left. */
export function retryDelay(error: unknown, failures: number, { retries, delayMs }: RetryPolicy): number | null {
  if (failures > retries) return null;
  return Math.max(delayMs(failures), Math.min(MAX_RETRY_AFTER_MS, (isLandfallError(error) ? (error.retryAfter ?? 0) : 0) * 1000));
}

/**
 * Whether the server rejected a write before it did anything, and asks to retry it. After a lost response, or one of a proxy, this is unknown.
 */
const isRetryableWrite = (error: unknown): boolean =>
  isLandfallError(error) && error.code === "unavailable" && error.retryAfter !== null && error.reason === null;

/** Whether the same call may succeed later. Not for a URL that is not a Landfall server. */
export function isTransient(error: unknown): boolean {
  if (!isLandfallError(error)) return false;
  if (error.code === "network") return error.reason === "unreachable" || error.reason === "timeout";
  return error.code === "rate_limited" || error.code === "unavailable";
}

/** Resolves after the delay, or immediately when the signal is aborted. */
export function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
  });
}
