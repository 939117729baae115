import { TRPCClientError } from "@trpc/client";
import { describe, expect, test } from "vitest";
import { toLandfallError } from "./error-of-answer.ts";
import { LandfallError } from "./landfall-error.ts";

/** An error as the server's formatter shapes it and tRPC hands it on. */
function answered(code: string, httpStatus: number, more: { reason?: string; requestId?: unknown } = {}) {
  const data = {
    code,
    httpStatus,
    path: "releases.get",
    issues: [{ path: ["a"], message: "b" }],
    reason: more.reason ?? null,
    retryAfter: 2,
  };
  const result = { error: { code: -1, message: "said", data } };
  return TRPCClientError.from(result, { meta: { response: { requestId: more.requestId } } });
}

describe("errorOfAnswer", () => {
  test.each([
    ["BAD_REQUEST", 400, "invalid"],
    ["UNAUTHORIZED", 401, "unauthenticated"],
    ["FORBIDDEN", 403, "forbidden"],
    ["NOT_FOUND", 404, "not_found"],
    ["CONFLICT", 409, "conflict"],
    ["PAYLOAD_TOO_LARGE", 413, "too_large"],
    ["UNSUPPORTED_MEDIA_TYPE", 415, "unsupported_media_type"],
    ["TOO_MANY_REQUESTS", 429, "rate_limited"],
    ["SERVICE_UNAVAILABLE", 503, "unavailable"],
    ["SERVICE_UNAVAILABLE", 507, "storage_full"],
    ["INTERNAL_SERVER_ERROR", 500, "internal"],
    ["METHOD_NOT_SUPPORTED", 405, "internal"],
  ])("%s %i is %s", (code, status, expected) => {
    const error = toLandfallError(answered(code, status, { reason: "why", requestId: "r1" }));
    expect(error).toMatchObject({
      code: expected,
      status,
      message: "said",
      reason: "why",
      requestId: "r1",
      retryAfter: 2,
      issues: [{ path: ["a"], message: "b" }],
    });
  });

  test.each([[undefined], [7], [null]])("a request id of %s is none", (requestId) => {
    expect(toLandfallError(answered("CONFLICT", 409, { requestId })).requestId).toBeNull();
  });

  test("an answer that is JSON but none of tRPC's is the server's fault", () => {
    const error = toLandfallError(new TRPCClientError("Unable to transform response from server"));
    expect(error).toMatchObject({ code: "internal", status: null, requestId: null });
    expect(error.message).toContain("cannot be read");
  });

  test("keeps what is told already", () => {
    const error = new LandfallError("no", { code: "network" });
    expect(toLandfallError(error)).toBe(error);
  });
});
