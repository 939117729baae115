import type { Context } from "@landfall/core/kernel/context";
import type { Limits } from "@landfall/core/kernel/limits";
import type { Scopes } from "@landfall/core/kernel/operation";
import type * as z from "zod";

/** What a handler answers. A body of undefined is an empty one; `bytes` are sent as they come, in place of a body. */
export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly bytes?: AsyncIterable<Uint8Array>;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What a handler may know of the request besides its parameters and input. */
export type Exchange = {
  readonly context: Context;
  readonly params: Readonly<Record<string, string>>;
  /** Reads query or body; called once the caller is known to be let in. Throws `invalid` or `unsupported_media_type`. */
  readonly input: () => unknown;
  /** Path as sent, with its percent-encoding, and query string without the question mark. */
  readonly path: string;
  readonly search: string;
  /** A header of the request; null when it is not there. */
  readonly header: (name: string) => string | null;
};

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** One path and method of the wire: the whole of what is known about it, for serving and for the OpenAPI document. */
export interface Route {
  readonly method: Method;
  /** Below `/api/0`, with `:name` for parameters. */
  readonly path: string;
  readonly summary: string;
  /** Empty for a route anybody may call. */
  readonly scope: Scopes | readonly [];
  readonly input: z.ZodType | null;
  /** What its form holds, for a route that reads the parts of one as they arrive; null for every other. */
  readonly form: z.ZodType | null;
  /** What a body may contain, as the operation declares. */
  readonly limits: Limits;
  /** What each status answers; null for an empty body, "bytes" for what is no JSON, both for what may be either. */
  readonly answers: Readonly<Record<number, z.ZodType | "bytes" | readonly [z.ZodType, "bytes"] | null>>;
  /** Parameters of the query that may be given several times. */
  readonly repeatable: readonly string[];
  readonly isPaged: boolean;
  run(exchange: Exchange): Promise<Answer>;
}

/** The part of an operation a route needs. */
type Callable<O> = {
  readonly scope?: Scopes;
  readonly input: z.ZodType;
  readonly limits: Limits;
  call(context: Context, params: unknown, input: () => unknown): Promise<O>;
};

type Spec<O> = {
  readonly summary: string;
  readonly operation: Callable<O>;
  readonly answers: Route["answers"];
  readonly answer: (result: O, exchange: Exchange) => Answer | Promise<Answer>;
  readonly form?: z.ZodType;
  /** The form of the input, where the operation takes anything and tells itself what is wrong with it. */
  readonly shape?: z.ZodType;
  readonly isPaged?: boolean;
  readonly repeatable?: readonly string[];
};

const route =
  (method: Method) =>
  <O>(path: string, { summary, operation, answers, answer, form, shape, isPaged = false, repeatable = [] }: Spec<O>): Route => ({
    method,
    path,
    summary,
    scope: operation.scope ?? [],
    input: form === undefined ? (shape ?? operation.input) : null,
    form: form ?? null,
    limits: operation.limits,
    answers,
    isPaged,
    repeatable,
    run: async (exchange) => answer(await operation.call(exchange.context, exchange.params, exchange.input), exchange),
  });

export const get = route("GET");
export const post = route("POST");
export const put = route("PUT");
export const del = route("DELETE");

/** Answers the result as it is. */
export const ok = (body: unknown): Answer => ({ status: 200, body });
