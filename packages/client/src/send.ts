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
  return new LandfallError(`Cannot reach ${origin}: ${describeCause(error)}.`, {
    code: "network",
    reason: "unreachable",
    cause: error,
  });
}

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection closed by the server",
  ENOTFOUND: "unknown host",
  EAI_AGAIN: "host name lookup failed",
  ETIMEDOUT: "connection timed out",
  UND_ERR_CONNECT_TIMEOUT: "connection timed out",
  UND_ERR_SOCKET: "connection closed by the server",
};

/** The message of `fetch` is only "fetch failed"; the reason is in its cause. */
function describeCause(error: Error): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : null;
  return (code && CAUSES[code]) || cause.message || code || error.message;
}
