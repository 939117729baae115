import { type AppError, isAppError, toAppError } from "@landfall/core/kernel/app-error";
import type { Context } from "@landfall/core/kernel/context";
import type { Limits } from "@landfall/core/kernel/limits";
import type { OpenOperation, Operation } from "@landfall/core/kernel/operation";
import { type ErrorCode, HTTP_STATUS, type Issue } from "@landfall/schema/error";
import { initTRPC, TRPCError } from "@trpc/server";
import type * as z from "zod";

/** The path of the tRPC API. */
export const TRPC_PATH = "/api/trpc";

/** tRPC's names of the error codes. The HTTP status comes from `HTTP_STATUS`. */
const TRPC_CODES = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  too_large: "PAYLOAD_TOO_LARGE",
  unsupported_media_type: "UNSUPPORTED_MEDIA_TYPE",
  rate_limited: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
  // tRPC has no name for 507.
  storage_full: "SERVICE_UNAVAILABLE",
} as const satisfies Record<ErrorCode, TRPCError["code"]>;

/** An error in the form of tRPC. */
export const asTrpcError = (error: AppError): TRPCError =>
  new TRPCError({ code: TRPC_CODES[error.code], message: error.detail ?? error.message, cause: error });

/** Each procedure names its operation, so that a test can check that none is missing. */
type Meta = { readonly operation: ServedOperation };

/** The properties of an operation that do not depend on its types. */
export type ServedOperation = {
  readonly kind: "query" | "mutation";
  readonly params: z.ZodType;
  readonly input: z.ZodType;
  readonly limits: Limits;
};

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    errorFormatter({ shape, error }) {
      const { code, path } = shape.data;
      const failure = isAppError(error.cause) ? error.cause : null;
      const httpStatus = failure ? HTTP_STATUS[failure.code] : shape.data.httpStatus;
      const { reason = null, retryAfter = null, detail } = failure ?? {};
      // REST's texts of issues do not name the object either.
      const issues: readonly Issue[] = (failure?.issues ?? []).map((issue) =>
        detail === undefined ? issue : { ...issue, message: detail },
      );
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

/** The type of zod for an object without fields has only `never` fields, which no other parameter could satisfy. */
type Fields<T> = [keyof T] extends [never] ? unknown : string extends keyof T ? unknown : T;

type Flat<P, In> = unknown extends Fields<P> & Fields<In> ? Readonly<Record<never, never>> | undefined : Fields<P> & Fields<In>;

/** Passes the input on, since the operation itself validates it. The cast only sets its type. */
const unvalidated = <T>(raw: unknown): T => (raw ?? {}) as T;

const withOperation = (operation: ServedOperation) => procedure.meta({ operation });

/** A procedure that calls a query. Its input has the parameters of the operation and its input in one object. */
export const queryOf = <P, In, O>(operation: Operation<"query", P, In, O>) =>
  withOperation(operation)
    .input(unvalidated<Flat<P, In>>)
    .query(({ ctx, input }) => operation.call(ctx, input, () => input));

/** A procedure for a query that needs no permission. */
export const openQueryOf = <In, O>(operation: OpenOperation<In, O>) =>
  withOperation(operation)
    .input(unvalidated<Flat<Record<never, never>, In>>)
    .query(({ ctx, input }) => operation.call(ctx, {}, () => input));

/** A procedure that calls a mutation, as `queryOf` calls a query. */
export const mutationOf = <P, In, O>(operation: Operation<"mutation", P, In, O>) =>
  withOperation(operation)
    .input(unvalidated<Flat<P, In>>)
    .mutation(({ ctx, input }) => operation.call(ctx, input, () => input));

export const { router, createCallerFactory } = t;

/** A procedure: its name in URLs, its operation, and how tRPC serves it. */
export type ServedProcedure = { readonly path: string; readonly operation: ServedOperation; readonly type: ServedOperation["kind"] };

/** Returns every procedure of a router. The casts are needed because tRPC's types nest them by router, while at run time they are flat. */
export function proceduresOf(appRouter: object): ServedProcedure[] {
  const { procedures } = Reflect.get(appRouter, "_def") as { readonly procedures: Readonly<Record<string, object>> };
  return Object.entries(procedures).map(([path, procedure]) => {
    const { type, meta } = Reflect.get(procedure, "_def") as { readonly type: ServedOperation["kind"]; readonly meta: Meta };
    return { path, operation: meta.operation, type };
  });
}
