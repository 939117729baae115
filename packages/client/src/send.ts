import { abortedError, codeOfStatus, LandfallError } from "./landfall-error.ts";

/** The part of `fetch` the client uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export type SendOptions = {
  readonly fetch: Fetch;
  /** How long an answer may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether an answer that succeeds may have no body; its JSON is undefined then. */
  readonly mayBeEmpty?: boolean;
};

/** An answer read to its end, as tRPC wants it. */
export type Answer = {
  readonly ok: boolean;
  readonly status: number;
  readonly requestId: string | null;
  readonly retryAfter: number | null;
  json(): Promise<unknown>;
};

/**
 * Sends requests and reads their answers. Throws a `LandfallError` for whatever is not an answer of a Landfall server: no connection,
 * no answer in time, a redirect (following one would turn a POST into a GET), a page of a proxy.
 */
export function send({
  fetch,
  timeoutMs,
  mayBeEmpty = false,
}: SendOptions): (to: string | URL | Request, init?: RequestInit) => Promise<Answer> {
  return async (to, init = {}) => {
    const url = addressOf(to);
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    const { origin } = new URL(url);
    try {
      const response = await fetch(url, { ...init, signal, redirect: "manual" });
      return readAnswer(origin, response, await response.text(), mayBeEmpty);
    } catch (cause) {
      if (cause instanceof LandfallError) throw cause;
      if (init.signal?.aborted) throw abortedError(cause);
      throw timeout.aborted ? timedOut(origin, timeoutMs) : unreachable(origin, cause);
    }
  };
}

/** tRPC sends to texts only, though where there is a browser its types let it send to more. */
const addressOf = (to: string | URL | Request): string => (typeof to === "string" ? to : "url" in to ? to.url : to.href);

function readAnswer(origin: string, response: Response, text: string, mayBeEmpty: boolean): Answer {
  const { status, headers, ok } = response;
  const requestId = headers.get("x-request-id");
  const retryAfter = secondsOf(headers.get("retry-after"));
  const facts = { status, requestId, retryAfter };
  if (status >= 300 && status < 400) {
    const target = headers.get("location") ?? "another address";
    throw new LandfallError(`${origin} redirects to ${target}. Use the server's own address.`, {
      ...facts,
      code: "network",
      reason: "redirect",
    });
  }
  const json = readJson(text);
  if (json === undefined && !(mayBeEmpty && ok && text === "")) {
    const said =
      /^text\/plain\b/.test(headers.get("content-type") ?? "") && text.length < 200
        ? `: ${text.trim()}`
        : " and not as a Landfall server does.";
    throw new LandfallError(`${origin} answered with status ${status}${said}`, {
      ...facts,
      code: codeOfStatus(status),
      reason: "no_landfall_answer",
    });
  }
  return { ok, status, requestId, retryAfter, json: async () => json };
}

/** A `Retry-After` in seconds; null for none, and for a date, which no server of ours sends. */
const secondsOf = (text: string | null): number | null => (text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null);

/** undefined for a text that is no JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const timedOut = (origin: string, ms: number): LandfallError =>
  new LandfallError(`${origin} did not answer within ${ms / 1000} s.`, { code: "network", reason: "timeout" });

function unreachable(origin: string, cause: unknown): LandfallError {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  return new LandfallError(`${origin} cannot be reached: ${describeCause(error)}.`, {
    code: "network",
    reason: "unreachable",
    cause: error,
  });
}

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection closed by the other side",
  ENOTFOUND: "unknown host",
  EAI_AGAIN: "the host's name could not be looked up",
  ETIMEDOUT: "no connection in time",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  UND_ERR_SOCKET: "connection closed by the other side",
};

/** `fetch` says only "fetch failed"; the reason is in its cause. */
function describeCause(error: Error): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : null;
  return (code && CAUSES[code]) || cause.message || code || error.message;
}
