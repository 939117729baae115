import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { setRequestHeader } from "./set-request-header.ts";

/**
 * The id a request goes by in the logs and in its answer: the one its sender gave when it is fit to be repeated, a new one otherwise.
 * The request then carries it as its own `X-Request-Id`, where the adapters read it.
 */
export function assignRequestId(request: IncomingMessage): string {
  const given = request.headers["x-request-id"];
  if (typeof given === "string" && FIT.test(given)) return given;
  const id = randomUUID();
  setRequestHeader(request, "x-request-id", id);
  return id;
}

/** Long enough for UUIDs and trace ids, and nothing that could break out of a header or a log line. */
const FIT = /^[\w.:-]{1,64}$/;
