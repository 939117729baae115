import { getRequestListener, RequestError } from "@hono/node-server";
import { isServerFault } from "@landfall/core/app-error";
import { errorAnswer } from "@landfall/rest/error-answer";
import type { Handler } from "./listener.ts";

/** A door behind a fetch handler. `onBug` is told what the handler throws; a request without a usable Host is answered 400. */
export function nodeHandler(
  handle: (request: Request) => Response | Promise<Response>,
  onBug: (error: unknown, requestId: null) => void,
): Handler {
  return getRequestListener((request) => handle(request), {
    hostname: "localhost",
    errorHandler(error) {
      if (error instanceof RequestError) return Response.json({ detail: `Bad request: ${error.message}.` }, { status: 400 });
      if (isServerFault(error)) onBug(error, null);
      const { status, body, headers = {} } = errorAnswer(error, false) ?? { status: 500, body: { detail: "Internal Error" } };
      return Response.json(body, { status, headers });
    },
  });
}
