import { LandfallError } from "./landfall-error.ts";
import { backoff, type RetryPolicy, wait } from "./retry.ts";
import type { Fetch } from "./send.ts";

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

/** What every request to one server is made with. */
export type Connection = {
  /** The address, without a trailing slash. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: Fetch;
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
};

const MINUTE = 60_000;

/** Checks what a caller says of a server. Throws a LandfallError with code `invalid` for an address or a token that cannot be. */
export function createConnection(options: ClientOptions): Connection {
  const { token = null, fetch = globalThis.fetch, timeoutMs = MINUTE, retry = {}, userAgent = "landfall-client" } = options;
  return {
    url: checkUrl(options.url),
    headers: { "user-agent": userAgent, ...(token === null ? {} : { authorization: `Bearer ${checkToken(token)}` }) },
    fetch,
    timeoutMs,
    retry: { retries: 5, delayMs: backoff, wait, ...retry },
  };
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
