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
