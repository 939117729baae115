import type { AppRouter } from "@landfall/api/app-router";
import type { TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";
import { isLandfallError } from "./landfall-error.ts";

export type RetryPolicy = {
  /** How often a query that failed is sent again; 3 by default, 0 for never. */
  readonly retries: number;
  /** Milliseconds before the next attempt, when `failed` attempts have failed. */
  readonly delayMs: (failed: number) => number;
  /** Waits; ends early when the signal is aborted. Tests pass their own. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
};

const FIRST_MS = 250;
const LONGEST_MS = 5_000;

/** Twice as long after each failure, and up to half of it left to chance, so that many clients do not come back at once. */
export const backoff = (failed: number, random: () => number = Math.random): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** (failed - 1)) * (0.5 + random() / 2);

/**
 * Sends a query again when it was not answered or the server was busy (429, 502, 503, 504). Mutations never: the first one may have
 * been carried out although its answer was lost.
 */
export function retryQueries({ retries, delayMs, wait }: RetryPolicy): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        const stopped = new AbortController();
        let running: Unsubscribable | undefined;
        const attempt = (failed: number): void => {
          if (stopped.signal.aborted) return;
          running = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: (error) => {
              if (op.type !== "query" || failed >= retries || !isPassing(error)) return observer.error(error);
              void wait(delayMs(failed + 1), stopped.signal).then(() => attempt(failed + 1));
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

/** Whether the same call may well succeed a moment later. An address that is no Landfall server's stays none. */
function isPassing(error: unknown): boolean {
  if (!isLandfallError(error)) return false;
  if (error.code === "network") return error.reason === "unreachable" || error.reason === "timeout";
  return error.code === "rate_limited" || error.code === "unavailable";
}
