import type { App } from "@landfall/core/app";
import { isAppError, isReported, toAppError } from "@landfall/core/app-error";
import { requestOrigin } from "@landfall/core/request-origin";
import type { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "./app-router.ts";
import { asTrpcError, STORAGE_FULL } from "./trpc.ts";

/** Where tRPC is served. */
export const TRPC_PATH = "/api/trpc";

/** 32 MiB, as the wire's lists of commits have it. */
const BODY_LIMIT = 33_554_432;

export type TrpcOptions = {
  readonly app: App;
  /** Called for every failure that is not the caller's: a bug, or trouble of database and disks. */
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
        const cause = error.cause ?? error;
        if (error.code === "INTERNAL_SERVER_ERROR" ? isReported(cause) : isAppError(cause) && isReported(cause)) onBug(cause, requestId);
      },
      responseMeta: ({ errors }) => responseMeta(errors),
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
    const failure = toAppError(error);
    throw failure ? asTrpcError(failure) : error;
  }
}

/** The headers of every answer; with the longest `Retry-After` of its failures, and 507 for want of disk space, which tRPC has no code for. */
function responseMeta(errors: readonly TRPCError[]): { headers: Headers; status?: number } {
  const headers = new Headers({ "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" });
  const failures = errors.flatMap(({ cause }) => (isAppError(cause) ? [cause] : []));
  const retryAfter = Math.max(...failures.map((failure) => failure.retryAfter ?? 0));
  if (retryAfter > 0) headers.set("Retry-After", String(retryAfter));
  const isFull = failures.length > 0 && failures.every(({ code }) => code === "storage_full");
  return isFull ? { headers, status: STORAGE_FULL } : { headers };
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
