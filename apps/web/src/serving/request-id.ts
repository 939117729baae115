import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/**
 * The id a request goes by in the logs and in its answer: the one its sender gave when it is fit to be repeated, a new one otherwise.
 * The request then carries it as its own `X-Request-Id`, where the adapters read it.
 */
export function assignRequestId(request: IncomingMessage): string {
  const given = request.headers["x-request-id"];
  if (typeof given === "string" && FIT.test(given)) return given;
  const id = randomUUID();
  request.headers["x-request-id"] = id;
  if (given !== undefined) dropHeader(request.rawHeaders, "x-request-id");
  request.rawHeaders.push("X-Request-Id", id);
  return id;
}

/** Long enough for UUIDs and trace ids, and nothing that could break out of a header or a log line. */
const FIT = /^[\w.:-]{1,64}$/;

function dropHeader(rawHeaders: string[], name: string): void {
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2) {
    if (rawHeaders[at]?.toLowerCase() === name) rawHeaders.splice(at, 2);
  }
}
