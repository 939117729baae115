import type { AppRouter } from "@landfall/api/app-router";
import type { TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";
import { isTransient, isRetryableWrite, delayAfter, type RetryPolicy } from "./retry-policy.ts";

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
