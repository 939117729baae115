import type { AppRouter } from "@landfall/api/app-router";
import { createTRPCClient, httpBatchLink, httpLink, splitLink, type TRPCClient } from "@trpc/client";
import { abortable } from "./abortable.ts";
import { LandfallError } from "./landfall-error.ts";
import { backoff, retryQueries, type RetryPolicy } from "./retry-queries.ts";
import { type Fetch, send } from "./send.ts";
import { toldErrors } from "./told-errors.ts";
import { wait } from "./wait.ts";

/** Every operation of a Landfall server as a typed function: `client.releases.get.query({ organization, version })`. */
export type LandfallClient = TRPCClient<AppRouter>;

export type ClientOptions = {
  /** The server's address: `https://landfall.example.com`. */
  readonly url: string;
  /** A person's or an organization's token. Without one, only what anybody may ask is answered. */
  readonly token?: string | null;
  /** Sends the requests; the global `fetch` by default. */
  readonly fetch?: Fetch;
  /** How long an answer may take, in milliseconds; a minute by default. */
  readonly timeoutMs?: number;
  readonly retry?: Partial<RetryPolicy>;
  /** How the client calls itself; releases remember it. */
  readonly userAgent?: string;
};

/** Where the server answers typed calls. */
const PATH = "/api/trpc";
/** The server refuses longer batches. */
const LONGEST_BATCH = 100;
/** Node answers 431 for a request line and headers beyond 16 KiB. */
const LONGEST_URL = 8_000;
const MINUTE = 60_000;

/** Put in a call's context, it goes in a request of its own: bodies are bounded per request. */
export const ALONE = { isAlone: true } as const;

/**
 * A typed client of one server. Calls made in the same tick share a request. Queries are sent again when the server was busy or not
 * there; mutations never. Every failure is a `LandfallError`. Throws one with code `invalid` for an address or a token that cannot be.
 */
export function createClient(options: ClientOptions): LandfallClient {
  const { token = null, fetch = globalThis.fetch, timeoutMs = MINUTE, retry = {}, userAgent = "landfall-client" } = options;
  const headers = { "user-agent": userAgent, ...(token === null ? {} : { authorization: `Bearer ${checkToken(token)}` }) };
  const http = { url: `${checkUrl(options.url)}${PATH}`, fetch: send({ fetch, timeoutMs }), headers };
  return createTRPCClient<AppRouter>({
    links: [
      abortable,
      retryQueries({ retries: 3, delayMs: backoff, wait, ...retry }),
      toldErrors,
      splitLink({
        condition: ({ context }) => context["isAlone"] === true,
        true: httpLink(http),
        false: httpBatchLink({ ...http, maxItems: LONGEST_BATCH, maxURLLength: LONGEST_URL }),
      }),
    ],
  });
}

function checkUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && (url.protocol === "http:" || url.protocol === "https:")) return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
  throw new LandfallError(`"${text}" is not the address of a server. Write it like https://landfall.example.com.`, { code: "invalid" });
}

/** Asked here because `fetch` would print the token in its own error. */
function checkToken(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new LandfallError("The token is empty or has characters that no token has. Copy it again, without line breaks.", {
    code: "invalid",
  });
}
