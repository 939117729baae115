import type { App } from "@landfall/core/app";
import { isAppError } from "@landfall/core/app-error";
import { requestOrigin } from "@landfall/core/request-origin";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "./app-router.ts";
import { asTrpcError } from "./trpc.ts";

/** Where tRPC is served. */
export const TRPC_PATH = "/api/trpc";

/** 32 MiB, as the wire's lists of commits have it. */
const BODY_LIMIT = 33_554_432;

export type TrpcOptions = {
  readonly app: App;
  /** Told of every failure that is a bug. */
  readonly onBug: (error: unknown, requestId: string | null) => void;
};

/** Every operation over tRPC as a fetch handler below `/api/trpc`. Bodies are bounded before they are read. */
export function trpcHandler({ app, onBug }: TrpcOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const refusal = refuseBody(request);
    if (refusal) return refusal;
    const requestId = request.headers.get("x-request-id");
    return fetchRequestHandler({
      endpoint: TRPC_PATH,
      req: request,
      router: appRouter,
      maxBatchSize: 100,
      // What some queries ask, such as a stack trace, is too long for an address.
      allowMethodOverride: true,
      createContext: () => contextOf(app, request, requestId),
      onError: ({ error }) => {
        if (error.code === "INTERNAL_SERVER_ERROR") onBug(error.cause ?? error, requestId);
      },
      responseMeta: () => ({ headers: new Headers({ "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" }) }),
    });
  };
}

async function contextOf(app: App, request: Request, requestId: string | null) {
  const { headers } = request;
  const requestedOrigin = () => requestOrigin(request);
  try {
    return await app.contextOf({
      authorization: headers.get("authorization"),
      userAgent: headers.get("user-agent"),
      requestId,
      browser: request,
      requestedOrigin,
    });
  } catch (error) {
    throw isAppError(error) ? asTrpcError(error) : error;
  }
}

/** A body without a length could not be bounded before it is read; every client of ours sends one. */
function refuseBody({ method, headers }: Request): Response | null {
  if (method !== "POST") return null;
  const length = headers.get("content-length");
  if (length === null) return new Response("Send a Content-Length.\n", { status: 411 });
  return Number(length) > BODY_LIMIT
    ? new Response(`Request body too large: at most ${BODY_LIMIT} bytes are read.\n`, { status: 413 })
    : null;
}
