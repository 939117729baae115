import type { IncomingMessage } from "node:http";
import type { App } from "@landfall/core/kernel/app";
import { ANONYMOUS_BYTES, DEFAULT_LIMITS } from "@landfall/core/kernel/limits";
import { bodyLimit, CLIENT_ADDRESS_HEADER, overBudget, tooLarge, UNCOUNTED_BYTES } from "@landfall/core/kernel/request-body";
import { hasBody } from "./body-watch.ts";
import { requestHeader } from "./client-address.ts";
import { type Handler, sendJson } from "./listener.ts";

/**
 * Wraps the handler of pages, whose server actions read bodies as Next does: at most 16 KiB without a session, so that people can sign in,
 * and 1 MiB with one, which is Next's own limit. Throws `too_large` and `unavailable` before a byte is read.
 */
export function limitPageBodies(app: App, handle: Handler): Handler {
  return async (request, response) => {
    if (!hasBody(request)) return handle(request, response);
    const declared = request.headers["content-length"];
    const length = declared === undefined ? Number.POSITIVE_INFINITY : Number(declared);
    if (length > ANONYMOUS_BYTES) {
      const limit = bodyLimit(await signedIn(app, request), DEFAULT_LIMITS);
      if (declared === undefined && limit === ANONYMOUS_BYTES) return sendJson(response, 411, { detail: "Send a Content-Length." });
      // Next limits a body without a declared length while reading it.
      if (declared !== undefined && length > limit) throw tooLarge(limit);
    }
    if (declared !== undefined && length > UNCOUNTED_BYTES) {
      const body = app.bodies.open(requestHeader(request, CLIENT_ADDRESS_HEADER) ?? "");
      if (!body.reserve(length)) throw overBudget();
      request.once("end", body.release);
      response.once("close", body.release);
    }
    await handle(request, response);
  };
}

/** Returns the actor of a request's session; null without one, and for requests from pages of other sites. */
async function signedIn(app: App, request: IncomingMessage) {
  const browser = {
    method: request.method ?? "GET",
    url: `http://${request.headers.host ?? "localhost"}/`,
    headers: { get: (name: string) => requestHeader(request, name) },
  };
  const { actor } = await app.contextOf({
    authorization: null,
    userAgent: null,
    requestId: requestHeader(request, "x-request-id"),
    browser,
  });
  return actor;
}
