import type { AppRouter } from "@landfall/api/app-router";
import { createTRPCClient, httpBatchLink, httpLink, splitLink, type TRPCClient } from "@trpc/client";
import { abortable } from "./abortable.ts";
import { type ClientOptions, createConnection } from "./connection.ts";
import { retryCalls } from "./retry-calls.ts";
import { send } from "./send.ts";
import { landfallErrors } from "./told-errors.ts";

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
