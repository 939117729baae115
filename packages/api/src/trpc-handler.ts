import type { Actor } from "@landfall/core/kernel/actor";
import type { App } from "@landfall/core/kernel/app";
import { AppError, isAppError, isServerFault, toAppError, unauthenticated } from "@landfall/core/kernel/app-error";
import { requestOrigin } from "@landfall/core/kernel/browser-request";
import type { Context } from "@landfall/core/kernel/context";
import { ANONYMOUS_BYTES, DEFAULT_LIMITS, type Limits } from "@landfall/core/kernel/limits";
import { bodyLimit, readRequestBody } from "@landfall/core/kernel/request-body";
import { scanJson } from "@landfall/core/kernel/scan-json";
import { HTTP_STATUS } from "@landfall/schema/error";
import type { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { appRouter } from "./app-router.ts";
import { asTrpcError, proceduresOf, TRPC_PATH } from "./trpc.ts";

/** The most procedures of one request. */
const MAX_BATCH = 100;

export type TrpcOptions = {
  readonly app: App;
  /** Called with each error that is the server's fault: a bug, or a failure of the database or a disk. */
  readonly onBug: (error: unknown, requestId: string | null) => void;
};

/**
 * The tRPC API as a fetch handler below `/api/trpc`. The caller is authenticated before the body is read, and no more of it is read than the
 * procedures in the URL allow.
 */
export function trpcHandler({ app, onBug }: TrpcOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const requestId = request.headers.get("x-request-id");
    const caller = await identify(app, request, requestId);
    const refusal = READS.has(request.method) || caller.isRefused ? null : boundBody(app, request, caller.actor);
    if (refusal) return refusal;
    return fetchRequestHandler({
      endpoint: TRPC_PATH,
      req: request,
      router: appRouter,
      maxBatchSize: MAX_BATCH,
      // The input of some queries, such as a stack trace, is too long for a URL.
      allowMethodOverride: true,
      createContext: caller.createContext,
      onError: ({ error }) => {
        const cause = error.cause ?? error;
        if (error.code === "INTERNAL_SERVER_ERROR" ? isServerFault(cause) : isAppError(cause) && isServerFault(cause))
          onBug(cause, requestId);
      },
      responseMeta: ({ errors }) => responseMeta(errors),
    });
  };
}

/** Methods whose input is in the URL. */
const READS: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** The caller by the headers. With invalid credentials `createContext` fails, which tRPC reports without reading the body. */
type Caller = { readonly actor: Actor | null; readonly isRefused: boolean; readonly createContext: () => Promise<Context> };

async function identify(app: App, request: Request, requestId: string | null): Promise<Caller> {
  try {
    const context = await contextOf(app, request, requestId);
    return { actor: context.actor, isRefused: false, createContext: () => Promise.resolve(context) };
  } catch (error) {
    return { actor: null, isRefused: true, createContext: () => Promise.reject(error) };
  }
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

/** The headers of a response, with the longest `Retry-After` of its errors. If all errors are `storage_full`, also its status, which tRPC lacks. */
function responseMeta(errors: readonly TRPCError[]): { headers: Headers; status?: number } {
  const headers = new Headers(HEADERS);
  const failures = errors.flatMap(({ cause }) => (isAppError(cause) ? [cause] : []));
  const retryAfter = Math.max(...failures.map((failure) => failure.retryAfter ?? 0));
  if (retryAfter > 0) headers.set("Retry-After", String(retryAfter));
  const isFull = failures.length > 0 && failures.every(({ code }) => code === "storage_full");
  return isFull ? { headers, status: HTTP_STATUS.storage_full } : { headers };
}

/** Rejects a body by its headers, or returns null and lets tRPC read no more of it than `actor` may send to these procedures. */
function boundBody({ bodies }: App, request: Request, actor: Actor | null): Response | null {
  const { headers, url } = request;
  const type = headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") return refusalResponse(415, "UNSUPPORTED_MEDIA_TYPE", "Send application/json.");
  const length = headers.get("content-length");
  // Every Landfall client sends one.
  if (length === null) return refusalResponse(411, "BAD_REQUEST", "Send a Content-Length.");
  const declared = limitsOf(url);
  const limit = bodyLimit(actor, declared);
  if (Number(length) <= declared.bytes && Number(length) > limit) return refusalResponse(401, "UNAUTHORIZED", unauthenticated().message);
  if (Number(length) > limit) return refusalResponse(413, "PAYLOAD_TOO_LARGE", `Request body too large: at most ${limit} bytes are read.`);
  replaceBodyReader(request, async () => {
    const bytes = await readRequestBody(request, limit, bodies);
    const { problem } = scanJson(bytes, declared);
    if (problem !== null) throw new AppError("invalid", problem);
    return bytes;
  });
  return null;
}

/** An error response in the form of tRPC. */
function refusalResponse(httpStatus: number, code: keyof typeof TRPC_ERROR_CODES_BY_KEY, message: string): Response {
  const data = { code, httpStatus, issues: [], reason: null, retryAfter: null };
  return Response.json({ error: { message, code: TRPC_ERROR_CODES_BY_KEY[code], data } }, { status: httpStatus, headers: HEADERS });
}

const HEADERS = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };

/** Replaces `text()`, the only method by which tRPC reads bodies, with a bounded reader. The property hides that of the prototype. */
function replaceBodyReader(request: Request, read: () => Promise<Uint8Array>): void {
  Object.defineProperty(request, "text", { value: async () => new TextDecoder().decode(await read()) });
}

/** The largest limits of the procedures in a URL. */
function limitsOf(url: string): Limits {
  const { pathname, searchParams } = new URL(url);
  const path = pathname.slice(TRPC_PATH.length + 1);
  const names = searchParams.get("batch") === "1" ? path.split(",", MAX_BATCH) : [path];
  const limits = names.flatMap((name) => LIMITS.get(name) ?? []);
  return {
    bytes: Math.max(NO_PROCEDURE.bytes, ...limits.map(({ bytes }) => bytes)),
    elements: Math.max(NO_PROCEDURE.elements, ...limits.map(({ elements }) => elements)),
  };
}

/** For an unknown name. If tRPC still finds it, by unescaping it, a larger body is rejected with 413. */
const NO_PROCEDURE: Limits = { ...DEFAULT_LIMITS, bytes: ANONYMOUS_BYTES };

/** The limits of each procedure, by its name in URLs. */
const LIMITS: ReadonlyMap<string, Limits> = new Map(proceduresOf(appRouter).map(({ path, operation }) => [path, operation.limits]));
