import { AppError } from "./app-error.ts";

/** What of a request tells whether a browser sent it, and which page made it. A fetch `Request` is one. */
export interface BrowserRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
}

/**
 * Whether a page of another site may have made a browser send this request. What only reads is never foreign: its answer is kept from
 * such pages. What writes must come from a page of `origin`, or of the address it was sent to; browsers say so in `Sec-Fetch-Site`, and
 * those without it, or on a plain connection, in `Origin`. A request that tells neither counts as foreign.
 */
export function isCrossSite(request: BrowserRequest, origin: string): boolean {
  if (SAFE.has(request.method)) return false;
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin" && site !== "none";
  const page = hostOf(request.headers.get("origin"));
  // Not the scheme: a proxy that ends TLS does not always tell that it did.
  return page === null || (page !== hostOf(requestOrigin(request)) && page !== hostOf(origin));
}

const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

const hostOf = (address: string | null): string | null =>
  (address !== null && URL.canParse(address) ? new URL(address).host : null) || null;

/** Throws `forbidden` for a foreign request. */
export function assertSameSite(request: BrowserRequest, origin: string): void {
  if (isCrossSite(request, origin)) throw new AppError("forbidden", CROSS_SITE_MESSAGE, { reason: "foreign_request" });
}

const CROSS_SITE_MESSAGE =
  "This request does not come from one of this server's own pages: its Origin is another, or missing. A sign-in only works from those; programs use a token.";

/** What of a request names the address it was sent to. */
type RequestAddress = { readonly url: string; readonly headers: { get(name: string): string | null } };

/**
 * The address a request was sent to, as its sender sees it: scheme and host, without a trailing slash. Proxies tell in
 * `X-Forwarded-Proto` and `X-Forwarded-Host`; values that are no scheme or host count as absent. A caller may name any host here,
 * so it is fit for answers to that caller and for nothing else.
 */
export function requestOrigin({ url, headers }: RequestAddress): string {
  const host = firstInList(headers.get("x-forwarded-host"));
  const scheme = firstInList(headers.get("x-forwarded-proto"));
  const start = url.indexOf("://");
  const end = url.indexOf("/", start + 3);
  const ownHost = url.slice(start + 3, end < 0 ? undefined : end);
  const ownScheme = url.slice(0, start);
  return `${scheme !== null && SCHEME.test(scheme) ? scheme : ownScheme}://${host !== null && HOST.test(host) ? host : ownHost}`;
}

const SCHEME = /^https?$/;
const HOST = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:]+\])(?::\d{1,5})?$/i;

/** A chain of proxies lists what each saw; the first is what the sender used. */
const firstInList = (value: string | null): string | null => value?.split(",", 1)[0]?.trim() ?? null;
