import type { Connection } from "../connection.ts";
import { codeOfHttpStatus } from "@landfall/schema/error";
import { abortedError, codeOfStatus, LandfallError } from "../landfall-error.ts";
import { isTransient, retryDelay } from "../retry.ts";
import { type ServerResponse, send } from "../send.ts";

type RestRequest = {
  readonly method: "GET" | "POST";
  /** Below `/api/0`. */
  readonly path: string;
  /** Sent as JSON, unless it is a form. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
};

/** Calls the REST API. Returns the JSON, or undefined without a body. @throws LandfallError */
export type RestCall = (request: RestRequest) => Promise<unknown>;

/**
 * Returns a caller of the REST API of a server. It retries all requests if there was no response or the server was overloaded, so it must be
 * used only for idempotent requests, such as those of an upload.
 */
export function createRestCaller({ url, headers, fetch, timeoutMs, retry }: Connection): RestCall {
  const sendRequest = send({ fetch, timeoutMs, mayBeEmpty: true });
  async function once({ method, path, body, signal }: RestRequest): Promise<unknown> {
    const isForm = body instanceof FormData;
    const response = await sendRequest(`${url}/api/0${path}`, {
      method,
      headers: isForm || body === undefined ? headers : { ...headers, "content-type": "application/json" },
      body: isForm ? body : JSON.stringify(body),
      signal,
    });
    const json = await response.json();
    if (response.ok) return json;
    throw errorOfResponse(response, json);
  }
  return async (request) => {
    for (let failures = 1; ; failures += 1) {
      let delay: number | null;
      try {
        return await once(request);
      } catch (error) {
        delay = isTransient(error) ? retryDelay(error, failures, retry) : null;
        if (delay === null) throw error;
      }
      await retry.wait(delay, request.signal ?? NEVER);
      if (request.signal?.aborted) throw abortedError(request.signal.reason);
    }
  };
}

const NEVER = new AbortController().signal;

/** Returns the failure in a response of the REST API, with the message in `{"detail": …}` or `{"error": …}` (contract 1.19). */
export function errorOfResponse(
  { status, requestId, retryAfter }: Pick<ServerResponse, "status" | "requestId" | "retryAfter">,
  body: unknown,
): LandfallError {
  const code = codeOfHttpStatus(status) ?? codeOfStatus(status);
  return new LandfallError(messageOf(body) ?? `The server responded with status ${status}.`, { code, status, requestId, retryAfter });
}

function messageOf(body: unknown): string | null {
  if (typeof body !== "object" || body === null) return null;
  const message: unknown = Reflect.get(body, "detail") ?? Reflect.get(body, "error");
  if (typeof message === "string" && message !== "") return message;
  return `The server rejected the request: ${JSON.stringify(body).slice(0, 500)}`;
}
