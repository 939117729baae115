import type { AppRouter } from "@landfall/api/app-router";
import type { Page } from "@landfall/schema/page";
import { createTRPCClient, httpBatchLink, httpLink, splitLink, type TRPCClient, type TRPCLink } from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { observable } from "@trpc/server/observable";
import { type ClientOptions, createConnection } from "./connection.ts";
import { abortedError, toLandfallError } from "./landfall-error.ts";
import { retryCalls } from "./retry.ts";
import { send } from "./send.ts";

/** Every operation of a Landfall server as a typed function: `client.releases.get.query({ organization, version })`. */
export type LandfallClient = TRPCClient<AppRouter>;

/** Where the server answers typed calls. */
const PATH = "/api/trpc";

/** The server refuses longer batches. */
const LONGEST_BATCH = 100;

/** Node answers 431 for a request line and headers beyond 16 KiB. */
const LONGEST_URL = 8_000;

/** What queries ask goes into the address, unless it is longer than this: a stack trace travels in a body. */
const LONGEST_INPUT = 4_000;

const isLong = (input: unknown): boolean => encodeURIComponent(JSON.stringify(input) ?? "").length > LONGEST_INPUT;

/** Put in a call's context, it goes in a request of its own: bodies are bounded per request. */
export const UNBATCHED = { isAlone: true } as const;

/**
 * A typed client of one server. Calls made in the same tick share a request. Queries are sent again when the server was busy or not
 * there; mutations when the server refused them for now, before anything was done. Every failure is a `LandfallError`. Throws one with code `invalid` for an address or a token that cannot be.
 */
export function createClient(options: ClientOptions): LandfallClient {
  const { url, headers, fetch, timeoutMs, retry } = createConnection(options);
  const http = { url: `${url}${PATH}`, fetch: send({ fetch, timeoutMs }), headers };
  return createTRPCClient<AppRouter>({
    links: [
      abortable,
      retryCalls(retry),
      landfallErrors,
      splitLink({
        condition: ({ context }) => context["isAlone"] === true,
        true: httpLink(http),
        false: splitLink({
          condition: ({ type, input }) => type === "query" && isLong(input),
          true: httpLink({ ...http, methodOverride: "POST" }),
          false: httpBatchLink({ ...http, maxItems: LONGEST_BATCH, maxURLLength: LONGEST_URL }),
        }),
      }),
    ],
  });
}

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

/** Tells every failure as a `LandfallError`. */
const landfallErrors: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => next(op).subscribe({ ...observer, error: (error) => observer.error(toLandfallError(error)) }));

/** What each operation takes: `Inputs["releases"]["create"]`. */
export type Inputs = inferRouterInputs<AppRouter>;

/** What each operation answers: `Outputs["releases"]["get"]`. */
export type Outputs = inferRouterOutputs<AppRouter>;

/** A commit as callers give it. Only `id`, the sha, is needed. */
export type NewCommit = Inputs["commits"]["report"]["commits"][number];

/** A release as the server shows it. */
export type Release = Outputs["releases"]["get"];

/**
 * Every item of a list, page after page, each page asked for only when it is needed:
 * `walkPages((cursor) => client.releases.list.query({ organization, cursor }))`. Ends by itself should a cursor lead to itself.
 */
export async function* walkPages<T>(fetchPage: (cursor: string | undefined) => Promise<Page<T>>): AsyncGenerator<T, void, undefined> {
  let cursor: string | undefined;
  for (;;) {
    const { items, next } = await fetchPage(cursor);
    yield* items;
    if (!next?.hasResults || next.cursor === cursor) return;
    cursor = next.cursor;
  }
}
