import type { Context } from "@landfall/core/kernel/context";
import type { Limits } from "@landfall/core/kernel/limits";
import type { AuthorizedCall, Scopes } from "@landfall/core/kernel/operation";
import type * as z from "zod";

/** The path of the REST API. */
export const REST_PATH = "/api/0";

/** The path of webhooks. */
export const HOOKS_PATH = "/api/hooks";

/** The response of a route. An undefined body is empty; `bytes` are streamed in place of a body. */
export type RouteResponse = {
  readonly status: number;
  readonly body?: unknown;
  readonly bytes?: AsyncIterable<Uint8Array>;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A request to a route. */
export type Exchange = {
  readonly context: Context;
  readonly params: Readonly<Record<string, string>>;
  /** Reads the query or the body, once the caller is known to have access. Throws `invalid` or `unsupported_media_type`. */
  readonly input: () => unknown;
  /** The path as sent, percent-encoded. */
  readonly path: string;
  /** The query string as sent, without the question mark. */
  readonly search: string;
  /** Returns a header of the request, or null. */
  readonly header: (name: string) => string | null;
};

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** One path and method of the API, described for the server and for the OpenAPI document. */
export interface Route {
  readonly method: Method;
  /** Below `REST_PATH`, with `:name` for parameters. */
  readonly path: string;
  readonly summary: string;
  /** Empty for a route that needs no permission. */
  readonly scope: Scopes | readonly [];
  readonly input: z.ZodType | null;
  /** The form of a route that reads its parts as they arrive; null for any other. */
  readonly form: z.ZodType | null;
  /** The limits of the operation. */
  readonly limits: Limits;
  /** The body for each status: null for an empty one, "bytes" for one that is not JSON, both for either. */
  readonly responses: Readonly<Record<number, z.ZodType | "bytes" | readonly [z.ZodType, "bytes"] | null>>;
  /** Query parameters that may be repeated. */
  readonly repeatable: readonly string[];
  readonly isPaged: boolean;
  /** Checks the caller's scopes, before the body is read, and returns the function that runs the route. Throws 401 and 403. */
  authorize(context: Context): (exchange: Exchange) => Promise<RouteResponse>;
}

/** Whether the input of a route is its body; otherwise it is the query. */
export const hasBody = ({ method }: Route): boolean => method === "POST" || method === "PUT";

/** The part of an operation that a route needs. */
type Callable<O> = {
  readonly scope?: Scopes;
  readonly input: z.ZodType;
  readonly limits: Limits;
  authorize(context: Context): AuthorizedCall<O>;
};

type Spec<O> = {
  readonly summary: string;
  readonly operation: Callable<O>;
  readonly responses: Route["responses"];
  readonly respond: (result: O, exchange: Exchange) => RouteResponse | Promise<RouteResponse>;
  readonly form?: z.ZodType;
  /** The documented input of an operation that accepts anything and validates it itself. */
  readonly shape?: z.ZodType;
  readonly isPaged?: boolean;
  readonly repeatable?: readonly string[];
};

const route =
  (method: Method) =>
  <O>(path: string, { summary, operation, responses, respond, form, shape, isPaged = false, repeatable = [] }: Spec<O>): Route => ({
    method,
    path,
    summary,
    scope: operation.scope ?? [],
    input: form === undefined ? (shape ?? operation.input) : null,
    form: form ?? null,
    limits: operation.limits,
    responses,
    isPaged,
    repeatable,
    authorize(context) {
      const call = operation.authorize(context);
      return async (exchange) => respond(await call(exchange.params, exchange.input), exchange);
    },
  });

export const get = route("GET");
export const post = route("POST");
export const put = route("PUT");
export const del = route("DELETE");

/** A 200 response with the result of the operation. */
export const ok = (body: unknown): RouteResponse => ({ status: 200, body });
