import type { Connection } from "../connection.ts";
import { abortedError, codeOfStatus, LandfallError, type LandfallErrorCode } from "../landfall-error.ts";
import { delayAfter, isTransient } from "../retry.ts";
import { type Answer, send } from "../send.ts";

type RestRequest = {
  readonly method: "GET" | "POST";
  /** Below `/api/0`. */
  readonly path: string;
  /** Sent as JSON, or as the form it is. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
};

/** Calls Sentry's wire and answers the JSON, undefined where there is none. Throws a LandfallError. */
export type RestCall = (request: RestRequest) => Promise<unknown>;

/**
 * Calls the REST wire of a server. Every request is sent again when it was not answered or the server was busy: only for those that change
 * nothing when they are repeated, as all of an upload do.
 */
export function createRestCaller({ url, headers, fetch, timeoutMs, retry }: Connection): RestCall {
  const sending = send({ fetch, timeoutMs, mayBeEmpty: true });
  async function once({ method, path, body, signal }: RestRequest): Promise<unknown> {
    const isForm = body instanceof FormData;
    const answer = await sending(`${url}/api/0${path}`, {
      method,
      headers: isForm || body === undefined ? headers : { ...headers, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const json = await answer.json();
    if (answer.ok) return json;
    throw errorOfResponse(answer, json);
  }
  return async (request) => {
    for (let failed = 0; ; failed += 1) {
      let pause: number;
      try {
        return await once(request);
      } catch (error) {
        if (failed >= retry.retries || !isTransient(error)) throw error;
        pause = delayAfter(error, failed + 1, retry);
      }
      await retry.wait(pause, request.signal ?? NEVER);
      if (request.signal?.aborted) throw abortedError(request.signal.reason);
    }
  };
}

const NEVER = new AbortController().signal;

/** What the wire means by these, of an answer that is a Landfall server's own. */
const CODES: Readonly<Record<number, LandfallErrorCode>> = { 400: "invalid", 404: "not_found", 409: "conflict" };

/** The failure that an answer of the REST wire tells, in the server's words: `{"detail": …}` or `{"error": …}` (contract 1.19). */
export function errorOfResponse(
  { status, requestId, retryAfter }: Pick<Answer, "status" | "requestId" | "retryAfter">,
  body: unknown,
): LandfallError {
  const code = CODES[status] ?? codeOfStatus(status);
  return new LandfallError(messageOf(body) ?? `The server answered with status ${status}.`, { code, status, requestId, retryAfter });
}

function messageOf(body: unknown): string | null {
  if (typeof body !== "object" || body === null) return null;
  const words: unknown = Reflect.get(body, "detail") ?? Reflect.get(body, "error");
  if (typeof words === "string" && words !== "") return words;
  return `The server refused the request: ${JSON.stringify(body).slice(0, 500)}`;
}
