import type { Issue } from "@landfall/schema/error";
import type { TRPC_ERROR_CODE_KEY, TRPC_ERROR_CODE_NUMBER, TRPCBuiltRouter, TRPCMutationProcedure, TRPCQueryProcedure } from "@trpc/server";
import type { Procedures } from "./generated/procedures.ts";
import type { Mutation, Query } from "./procedure.ts";

/** The error of a procedure, as the server sends it. */
export type ErrorShape = {
  readonly code: TRPC_ERROR_CODE_NUMBER;
  readonly message: string;
  readonly data: {
    readonly code: TRPC_ERROR_CODE_KEY;
    readonly httpStatus: number;
    readonly path: string | undefined;
    readonly issues: readonly Issue[];
    readonly reason: string | null;
    readonly retryAfter: number | null;
  };
};

/** `ctx` and `meta` exist only in the server. */
type Root = { ctx: object; meta: object; errorShape: ErrorShape; transformer: false };

type ProcedureOf<P> =
  P extends Query<infer In, infer Out>
    ? TRPCQueryProcedure<{ input: In; output: Out; meta: object; errorShape: ErrorShape }>
    : P extends Mutation<infer In, infer Out>
      ? TRPCMutationProcedure<{ input: In; output: Out; meta: object; errorShape: ErrorShape }>
      : never;

type RecordOf<R> = { [Name in keyof R]: ProcedureOf<R[Name]> };

/** The server's router as its clients see it. Declared here, because a client of the server's own type would compile the server. */
export type AppRouter = TRPCBuiltRouter<Root, { [Name in keyof Procedures]: RecordOf<Procedures[Name]> }>;
