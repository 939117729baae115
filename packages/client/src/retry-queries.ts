import type { AppRouter } from "@landfall/api/app-router";
import type { TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";
import { isPassing, type RetryPolicy } from "./retry-policy.ts";

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
