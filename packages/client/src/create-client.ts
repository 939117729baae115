import { createTRPCClient, httpBatchLink, httpLink, splitLink, type TRPCClient, type TRPCLink } from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "./app-router.ts";
import { type ClientOptions, createConnection } from "./connection.ts";
import { abortedError, toLandfallError } from "./landfall-error.ts";
import type { PageLink } from "./procedure.ts";
import { retryCalls } from "./retry.ts";
import { send } from "./send.ts";

/** All operations of a Landfall server as typed functions: `client.releases.get.query({ organization, version })`. */
export type LandfallClient = TRPCClient<AppRouter>;

/** The path of the tRPC procedures. */
const PATH = "/api/trpc";

/** The server's limit, in calls. */
const MAX_BATCH_SIZE = 100;

/** Node rejects a request line and headers over 16 KiB with 431. */
const MAX_URL_LENGTH = 8_000;

/** The input of a query is sent in the URL up to this length, and in the body beyond it, as for stack traces. */
const MAX_INPUT_LENGTH = 4_000;

const isLong = (input: unknown): boolean => encodeURIComponent(JSON.stringify(input) ?? "").length > MAX_INPUT_LENGTH;

/** A call context that sends the call in a separate request, because the size of a body is limited per request. */
export const UNBATCHED = { isAlone: true } as const;

/**
 * Creates a typed client of one server. Calls made in the same tick share a request. Queries are retried if the server is unreachable or
 * overloaded; mutations only if the server rejected them before it did anything. All failures are `LandfallError`s.
 * @throws LandfallError `invalid` if the URL or the token is not valid.
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
          false: httpBatchLink({ ...http, maxItems: MAX_BATCH_SIZE, maxURLLength: MAX_URL_LENGTH }),
        }),
      }),
    ],
  });
}

/** Rejects a call as soon as its signal is aborted; tRPC would wait for the other calls of its batch. */
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

/** Converts all failures to `LandfallError`. */
const landfallErrors: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => next(op).subscribe({ ...observer, error: (error) => observer.error(toLandfallError(error)) }));

/** The input of each operation: `Inputs["releases"]["create"]`. */
export type Inputs = inferRouterInputs<AppRouter>;

/** The output of each operation: `Outputs["releases"]["get"]`. */
export type Outputs = inferRouterOutputs<AppRouter>;

/** A commit to report. Only `id`, its hash, is required. */
export type NewCommit = Inputs["commits"]["report"]["commits"][number];

/** A release as returned by the server. */
export type Release = Outputs["releases"]["get"];

/** A page of a list, as far as `walkPages` needs it. */
type Page<T> = { readonly items: readonly T[]; readonly next: PageLink | null };

/**
 * Iterates over all items of a list and fetches pages on demand:
 * `walkPages((cursor) => client.releases.list.query({ organization, cursor }))`. Stops if a page links to itself.
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
