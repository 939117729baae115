import { AppError } from "./app-error.ts";

/** The parts of a request that show whether a browser sent it, and from which site. A fetch `Request` is one. */
export interface BrowserRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
}

/**
 * Whether a page of another site may have caused a browser to send this request. Always false for requests that only read, since browsers
 * hide their responses from such pages. Others must come from a page of `origin`, or of the host they were sent to, according to
 * `Sec-Fetch-Site`, or to `Origin` in older browsers and on plain connections. A request without both headers is cross-site.
 */
export function isCrossSite(request: BrowserRequest, origin: string): boolean {
  if (SAFE.has(request.method)) return false;
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin" && site !== "none";
  const host = hostOf(request.headers.get("origin"));
  // The scheme is not compared: not every proxy that ends TLS sends X-Forwarded-Proto.
  return host === null || (host !== hostOf(requestOrigin(request)) && host !== hostOf(origin));
}

const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

const hostOf = (url: string | null): string | null => (url !== null && URL.canParse(url) ? new URL(url).host : null) || null;

/** Throws `forbidden` for a cross-site request. */
export function assertSameSite(request: BrowserRequest, origin: string): void {
  if (isCrossSite(request, origin)) throw new AppError("forbidden", CROSS_SITE_MESSAGE, { reason: "foreign_request" });
}

const CROSS_SITE_MESSAGE =
  "This request was not sent by a page of this server: its Origin header is missing or names another site. A session only works from the server's own pages; programs use a token.";

/** The parts of a request that name the URL it was sent to. */
type RequestUrl = { readonly url: string; readonly headers: { get(name: string): string | null } };

/**
 * The origin that a request was sent to, as its sender sees it: scheme and host, without a trailing slash. Behind a proxy it is read from
 * `X-Forwarded-Proto` and `X-Forwarded-Host`; invalid values are ignored. A caller can name any host here, so it may only be used in
 * responses to that caller.
 */
export function requestOrigin({ url, headers }: RequestUrl): string {
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

/** In a chain of proxies each appends a value; the first is the one that the client used. */
const firstInList = (value: string | null): string | null => value?.split(",", 1)[0]?.trim() ?? null;
