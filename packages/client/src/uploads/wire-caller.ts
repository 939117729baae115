import type { Connection } from "../connection.ts";
import { aborted } from "../landfall-error.ts";
import { isPassing, pauseAfter } from "../retry-policy.ts";
import { send } from "../send.ts";
import { errorOfRefusal } from "./error-of-refusal.ts";

export type WireRequest = {
  readonly method: "GET" | "POST";
  /** Below `/api/0`. */
  readonly path: string;
  /** Sent as JSON, or as the form it is. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
};

/** Calls Sentry's wire and answers the JSON, undefined where there is none. Throws a LandfallError. */
export type WireCall = (request: WireRequest) => Promise<unknown>;

/**
 * Calls the REST wire of a server. Every request is sent again when it was not answered or the server was busy: only for those that change
 * nothing when they are repeated, as all of an upload do.
 */
export function wireCaller({ url, headers, fetch, timeoutMs, retry }: Connection): WireCall {
  const sending = send({ fetch, timeoutMs, mayBeEmpty: true });
  async function once({ method, path, body, signal }: WireRequest): Promise<unknown> {
    const isForm = body instanceof FormData;
    const answer = await sending(`${url}/api/0${path}`, {
      method,
      headers: isForm || body === undefined ? headers : { ...headers, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const json = await answer.json();
    if (answer.ok) return json;
    throw errorOfRefusal(answer, json);
  }
  return async (request) => {
    for (let failed = 0; ; failed += 1) {
      let pause: number;
      try {
        return await once(request);
      } catch (error) {
        if (failed >= retry.retries || !isPassing(error)) throw error;
        pause = pauseAfter(error, failed + 1, retry);
      }
      await retry.wait(pause, request.signal ?? NEVER);
      if (request.signal?.aborted) throw aborted(request.signal.reason);
    }
  };
}

const NEVER = new AbortController().signal;
