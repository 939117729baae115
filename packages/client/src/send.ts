import { abortedError, codeOfStatus, LandfallError } from "./landfall-error.ts";

/** The part of `fetch` the client uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export type SendOptions = {
  readonly fetch: Fetch;
  /** The time limit of a response, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether a successful response may have no body; its JSON is undefined then. */
  readonly mayBeEmpty?: boolean;
};

/** A completely read response, in the form that tRPC expects. */
export type ServerResponse = {
  readonly ok: boolean;
  readonly status: number;
  readonly requestId: string | null;
  readonly retryAfter: number | null;
  json(): Promise<unknown>;
};

/**
 * Returns a function that sends a request and reads the response. @throws LandfallError if there is no response of a Landfall server: no
 * connection, a timeout, a redirect (following one would turn a POST into a GET), or a page of a proxy.
 */
export function send({
  fetch,
  timeoutMs,
  mayBeEmpty = false,
}: SendOptions): (to: string | URL | Request, init?: RequestInit) => Promise<ServerResponse> {
  return async (to, init = {}) => {
    const url = urlOf(to);
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    const { origin } = new URL(url);
    try {
      const response = await fetch(url, { ...init, signal, redirect: "manual" });
      return readResponse(origin, response, await response.text(), mayBeEmpty);
    } catch (cause) {
      if (cause instanceof LandfallError) throw cause;
      if (init.signal?.aborted) throw abortedError(cause);
      throw timeout.aborted ? timedOut(origin, timeoutMs) : unreachable(origin, cause);
    }
  };
}

/** tRPC passes only strings, but its types allow more. */
const urlOf = (to: string | URL | Request): string => (typeof to === "string" ? to : "url" in to ? to.url : to.href);

function readResponse(origin: string, response: Response, text: string, mayBeEmpty: boolean): ServerResponse {
  const { status, headers, ok } = response;
  const requestId = headers.get("x-request-id");
  const retryAfter = secondsOf(headers.get("retry-after"));
  const facts = { status, requestId, retryAfter };
  if (status >= 300 && status < 400) {
    const target = headers.get("location") ?? "another URL";
    throw new LandfallError(`${origin} redirects to ${target}. Use the URL of the server itself.`, {
      ...facts,
      code: "network",
      reason: "redirect",
    });
  }
  const json = readJson(text);
  if (json === undefined && !(mayBeEmpty && ok && text === "")) {
    const detail =
      /^text\/plain\b/.test(headers.get("content-type") ?? "") && text.length < 200
        ? `: ${text.trim()}`
        : ", which is not a response of a Landfall server.";
    throw new LandfallError(`${origin} responded with status ${status}${detail}`, {
      ...facts,
      code: codeOfStatus(status),
      reason: "no_landfall_answer",
    });
  }
  return { ok, status, requestId, retryAfter, json: async () => json };
}

/** Reads `Retry-After` in seconds; null if it is missing or a date, which Landfall never sends. */
const secondsOf = (text: string | null): number | null => (text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null);

/** Returns undefined for invalid JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const timedOut = (origin: string, ms: number): LandfallError =>
  new LandfallError(`${origin} did not respond within ${ms / 1000} s.`, { code: "network", reason: "timeout" });

function unreachable(origin: string, cause: unknown): LandfallError {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  return new LandfallError(`Cannot reach ${origin}: ${describeCause(error, new URL(origin).protocol)}.`, {
    code: "network",
    reason: "unreachable",
    cause: error,
  });
}

const UNTRUSTED =
  "its TLS certificate is not signed by an authority that this machine trusts. For your own authority, set NODE_EXTRA_CA_CERTS to its certificate";

const OTHER_HOST = "its TLS certificate is for another host name. Use the host name of the certificate";

const NO_TLS = "it does not use TLS on this port. Use http:// in the URL, or the port with TLS";

const OLD_TLS = "it has no TLS version in common with this client. The server, or the proxy in front of it, must support TLS 1.2 or 1.3";

/** Codes of Node, undici and OpenSSL. The messages of OpenSSL are its source positions, which help no user. */
const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection closed by the server",
  ENOTFOUND: "unknown host",
  EAI_AGAIN: "host name lookup failed",
  ETIMEDOUT: "connection timed out",
  UND_ERR_CONNECT_TIMEOUT: "connection timed out",
  UND_ERR_SOCKET: "connection closed by the server",
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_UNTRUSTED: UNTRUSTED,
  CERT_HAS_EXPIRED: "its TLS certificate has expired. Renew it, or check the clock of this machine",
  CERT_NOT_YET_VALID: "its TLS certificate is not valid yet. Check the clock of this machine",
  CERT_REVOKED: "its TLS certificate was revoked. Replace it",
  HOSTNAME_MISMATCH: OTHER_HOST,
  ERR_TLS_CERT_ALTNAME_INVALID: OTHER_HOST,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
  ERR_SSL_HTTP_REQUEST: NO_TLS,
  ERR_SSL_UNSUPPORTED_PROTOCOL: OLD_TLS,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: OLD_TLS,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: "it requires a TLS certificate of the client, which this client cannot send",
};

/** For the other codes of a TLS handshake. */
const REFUSED_HANDSHAKE =
  "the TLS handshake failed. Check the host name in the URL, and the TLS settings of the server or the proxy in front of it";

const isHandshake = (code: string): boolean => code === "EPROTO" || code.startsWith("ERR_SSL_");

/** Failures of plain HTTP on a port that expects TLS. */
const CLOSED: ReadonlySet<string> = new Set(["ECONNRESET", "UND_ERR_SOCKET"]);

/** The message of `fetch` is only "fetch failed"; the reason is in its cause. */
function describeCause(error: Error, protocol: string): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : null;
  const known = code && (CAUSES[code] ?? (isHandshake(code) ? `${REFUSED_HANDSHAKE} (${code})` : undefined));
  if (known && CLOSED.has(code) && protocol === "http:") return `${known}. If it uses TLS, the URL must begin with https://`;
  return known || cause.message || code || error.message;
}
