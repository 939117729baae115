import { getRequestListener, RequestError } from "@hono/node-server";
import type { Handler } from "./listener.ts";

/** A door behind a fetch handler. `onBug` is told what the handler throws; a request without a usable Host is answered 400. */
export function fetchDoor(
  handle: (request: Request) => Response | Promise<Response>,
  onBug: (error: unknown, requestId: null) => void,
): Handler {
  return getRequestListener((request) => handle(request), {
    hostname: "localhost",
    errorHandler(error) {
      if (error instanceof RequestError) return Response.json({ detail: `Bad request: ${error.message}.` }, { status: 400 });
      onBug(error, null);
      return Response.json({ detail: "Internal Error" }, { status: 500 });
    },
  });
}
