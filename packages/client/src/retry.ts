import type { AppRouter } from "@landfall/api/app-router";
import type { TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";
import { isLandfallError } from "./landfall-error.ts";

/**
 * Sends a query again when it was not answered or the server was busy (429, 502, 503, 504). A mutation only when the server refused it and
 * says when to send it again: without an answer it may have been carried out.
 */
export function retryCalls(policy: RetryPolicy): TRPCLink<AppRouter> {
  const { retries, wait } = policy;
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
              const mayRepeat = op.type === "query" ? isTransient(error) : isRetryableWrite(error);
              if (failed >= retries || !mayRepeat) return observer.error(error);
              void wait(delayAfter(error, failed + 1, policy), stopped.signal).then(() => attempt(failed + 1));
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
  /** How often a request that failed is sent again; 5 by default, 0 for never. */
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

/** A server that asks for more patience is asked again sooner, and not for ever. */
const LONGEST_ASKED_MS = 10_000;

/** Milliseconds before a call that failed is made again: as long as the server asks for, if that is more than the policy has. */
export const delayAfter = (error: unknown, failed: number, { delayMs }: Pick<RetryPolicy, "delayMs">): number =>
  Math.max(delayMs(failed), Math.min(LONGEST_ASKED_MS, (isLandfallError(error) ? (error.retryAfter ?? 0) : 0) * 1000));

/**
 * Whether a write was refused before anything of it was done, and may be sent again: the server says when. An answer that got lost, or that a
 * proxy gave in its place, does not tell.
 */
const isRetryableWrite = (error: unknown): boolean =>
  isLandfallError(error) && error.code === "unavailable" && error.retryAfter !== null && error.reason === null;

/** Whether the same call may well succeed a moment later. An address that is no Landfall server's stays none. */
export function isTransient(error: unknown): boolean {
  if (!isLandfallError(error)) return false;
  if (error.code === "network") return error.reason === "unreachable" || error.reason === "timeout";
  return error.code === "rate_limited" || error.code === "unavailable";
}

/** Resolves after so many milliseconds, or at once when the signal is aborted. */
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
