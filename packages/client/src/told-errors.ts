import type { AppRouter } from "@landfall/api/app-router";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { toLandfallError } from "./error-of-answer.ts";

/** Tells every failure as a `LandfallError`. */
export const landfallErrors: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => next(op).subscribe({ ...observer, error: (error) => observer.error(toLandfallError(error)) }));
