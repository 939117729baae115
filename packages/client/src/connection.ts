import { LandfallError } from "./landfall-error.ts";
import { backoff, type RetryPolicy, wait } from "./retry.ts";
import type { Fetch } from "./send.ts";

export type ClientOptions = {
  /** The URL of the server: `https://landfall.example.com`. */
  readonly url: string;
  /** A personal or organization token. Without one, only public calls succeed. */
  readonly token?: string | null | undefined;
  /** Default: the global `fetch`. */
  readonly fetch?: Fetch;
  /** The time limit of a response, in milliseconds; 60,000 by default. */
  readonly timeoutMs?: number;
  readonly retry?: Partial<RetryPolicy>;
  /** Stored with created releases. */
  readonly userAgent?: string;
};

/** The validated settings of all requests to one server. */
export type Connection = {
  /** Without a trailing slash. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: Fetch;
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
};

const MINUTE = 60_000;

/** Validates the options. @throws LandfallError `invalid` if the URL or the token is not valid. */
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
  throw new LandfallError(`Invalid server URL "${text}". Expected a URL such as https://landfall.example.com.`, { code: "invalid" });
}

/** Checked here, because the error of `fetch` would contain the token. */
function checkToken(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new LandfallError("The token is empty or contains invalid characters. Copy it again, without line breaks.", {
    code: "invalid",
  });
}
