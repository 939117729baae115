import type { AppRouter } from "@landfall/api/app-router";
import type { ErrorCode } from "@landfall/schema/error";
import type { TRPCClientError } from "@trpc/client";
import { isLandfallError, LandfallError } from "./landfall-error.ts";

const CODES: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: "invalid",
  UNAUTHORIZED: "unauthenticated",
  FORBIDDEN: "forbidden",
  NOT_FOUND: "not_found",
  CONFLICT: "conflict",
  PAYLOAD_TOO_LARGE: "too_large",
  UNSUPPORTED_MEDIA_TYPE: "unsupported_media_type",
  TOO_MANY_REQUESTS: "rate_limited",
  SERVICE_UNAVAILABLE: "unavailable",
};

/** The failure of one call in the client's words: what the server said of it, or what kept the call from being answered. */
export function toLandfallError(error: TRPCClientError<AppRouter>): LandfallError {
  if (isLandfallError(error)) return error;
  const { data } = error;
  if (!data) return new LandfallError(`The server's answer cannot be read: ${error.message}`, { code: "internal", cause: error });
  const { code, httpStatus, issues, reason, retryAfter } = data;
  return new LandfallError(error.message, {
    // tRPC has no code for 507.
    code: httpStatus === 507 ? "storage_full" : (CODES[code] ?? "internal"),
    issues,
    reason,
    retryAfter,
    status: httpStatus,
    requestId: requestIdOf(error),
    cause: error,
  });
}

/** Where `send` leaves the answer's request id: the only place that tRPC carries through. */
function requestIdOf({ meta }: TRPCClientError<AppRouter>): string | null {
  const response = meta?.["response"];
  const id = typeof response === "object" && response !== null && "requestId" in response ? response.requestId : null;
  return typeof id === "string" ? id : null;
}
