import type { AppRouter } from "@landfall/api/app-router";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { abortedError } from "./landfall-error.ts";

/** Ends a call at once when its signal is aborted; tRPC would wait for the other calls of its batch. */
export const abortable: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => {
      const { signal } = op;
      if (signal?.aborted) return observer.error(abortedError(signal.reason));
      const stop = (): void => observer.error(abortedError(signal?.reason));
      signal?.addEventListener("abort", stop);
      const running = next(op).subscribe(observer);
      return () => {
        signal?.removeEventListener("abort", stop);
        running.unsubscribe();
      };
    });
