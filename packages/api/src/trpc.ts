import { type AppError, isAppError, toAppError } from "@landfall/core/kernel/app-error";
import type { Context } from "@landfall/core/kernel/context";
import type { Limits } from "@landfall/core/kernel/limits";
import type { OpenOperation, Operation } from "@landfall/core/kernel/operation";
import type { ErrorCode } from "@landfall/schema/error";
import { initTRPC, TRPCError } from "@trpc/server";

const CODES = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  too_large: "PAYLOAD_TOO_LARGE",
  unsupported_media_type: "UNSUPPORTED_MEDIA_TYPE",
  rate_limited: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
  // tRPC has no code for 507; its status is set where it is answered.
  storage_full: "SERVICE_UNAVAILABLE",
} as const satisfies Record<ErrorCode, TRPCError["code"]>;

/** A failure in tRPC's words; what the caller may not know is left to the error formatter. */
export const asTrpcError = (error: AppError): TRPCError => new TRPCError({ code: CODES[error.code], message: error.message, cause: error });

/** The status of a failure for want of disk space. */
export const STORAGE_FULL = 507;

/** Each procedure names the operation it serves, so that a test can tell that none is left out. */
type Meta = { readonly operation: ServedOperation };

/** What of an operation does not depend on its types. */
export type ServedOperation = { readonly kind: "query" | "mutation"; readonly limits: Limits };

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    errorFormatter({ shape, error }) {
      const { code, path } = shape.data;
      const told = isAppError(error.cause) ? error.cause : null;
      const httpStatus = told?.code === "storage_full" ? STORAGE_FULL : shape.data.httpStatus;
      const { issues = [], reason = null, retryAfter = null } = told ?? {};
      const data = { code, httpStatus, path, issues, reason, retryAfter };
      return { ...shape, message: code === "INTERNAL_SERVER_ERROR" ? "Internal Error" : shape.message, data };
    },
  });

const procedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  const failure = result.ok ? null : toAppError(result.error.cause);
  if (failure) throw asTrpcError(failure);
  return result;
});

/** An object without fields is written by zod as one whose every field is `never`, which no parameter beside it could satisfy. */
type Fields<T> = [keyof T] extends [never] ? unknown : string extends keyof T ? unknown : T;

type Flat<P, In> = unknown extends Fields<P> & Fields<In> ? Readonly<Record<never, never>> | undefined : Fields<P> & Fields<In>;

/** Hands the input on: the operation itself validates it, and would do so twice if tRPC did too. The cast only gives it its type. */
const unvalidated = <T>(raw: unknown): T => (raw ?? {}) as T;

const withOperation = (operation: ServedOperation) => procedure.meta({ operation });

/** A procedure that reads. */
export const queryOf = <P, In, O>(operation: Operation<"query", P, In, O>) =>
  withOperation(operation)
    .input(unvalidated<Flat<P, In>>)
    .query(({ ctx, input }) => operation.call(ctx, input, () => input));

/** A procedure that reads and that anybody may call. */
export const openQueryOf = <In, O>(operation: OpenOperation<In, O>) =>
  withOperation(operation)
    .input(unvalidated<Flat<Record<never, never>, In>>)
    .query(({ ctx, input }) => operation.call(ctx, {}, () => input));

/** A procedure that writes. */
export const mutationOf = <P, In, O>(operation: Operation<"mutation", P, In, O>) =>
  withOperation(operation)
    .input(unvalidated<Flat<P, In>>)
    .mutation(({ ctx, input }) => operation.call(ctx, input, () => input));

export const { router, createCallerFactory } = t;

/** A procedure as it is served: its name in URLs, and the operation behind it. */
export type ServedProcedure = { readonly path: string; readonly operation: ServedOperation };

/** Returns every procedure of a router. tRPC's types show them nested by router, while at run time they are flat: hence the casts. */
export function proceduresOf(appRouter: object): ServedProcedure[] {
  const { procedures } = Reflect.get(appRouter, "_def") as { readonly procedures: Readonly<Record<string, object>> };
  return Object.entries(procedures).map(([path, procedure]) => {
    const { meta } = Reflect.get(procedure, "_def") as { readonly meta: Meta };
    return { path, operation: meta.operation };
  });
}
