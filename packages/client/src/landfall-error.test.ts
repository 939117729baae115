import { TRPCClientError } from "@trpc/client";
import { describe, expect, test } from "vitest";
import { abortedError, codeOfStatus, isLandfallError, LandfallError, toLandfallError } from "./landfall-error.ts";

describe("LandfallError", () => {
  test("has all properties", () => {
    const cause = new Error("below");
    const issues = [{ path: ["version"], message: "This field may not be blank." }];
    const error = new LandfallError("no", { code: "invalid", issues, reason: "why", status: 400, requestId: "r1", cause });
    expect(error).toMatchObject({
      name: "LandfallError",
      message: "no",
      code: "invalid",
      issues,
      reason: "why",
      status: 400,
      requestId: "r1",
      cause,
    });
  });

  test("has defaults for missing properties", () => {
    expect(new LandfallError("no", { code: "network" })).toMatchObject({ issues: [], reason: null, status: null, requestId: null });
  });

  test("passes through tRPC unchanged", () => {
    const error = new LandfallError("no", { code: "network" });
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(LandfallError);
    expect(TRPCClientError.from(error)).toBe(error);
  });
});

test.each([
  ["a LandfallError", new LandfallError("no", { code: "internal" }), true],
  ["one of another copy of the class", { [Symbol.for("landfall.LandfallError")]: true }, true],
  ["any error", new Error("no"), false],
  ["an error of tRPC", new TRPCClientError("no"), false],
  ["nothing", null, false],
  ["a string", "no", false],
])("isLandfallError: %s", (_, value, expected) => {
  expect(isLandfallError(value)).toBe(expected);
});

test.each([[new Error("because")], ["a text"], [undefined]])("aborted keeps only errors as its cause (%s)", (cause) => {
  const error = abortedError(cause);
  expect(error.code).toBe("aborted");
  expect(error.cause).toBe(cause instanceof Error ? cause : undefined);
});

test.each([
  [200, "network"],
  [204, "network"],
  [400, "internal"],
  [401, "unauthenticated"],
  [403, "forbidden"],
  [404, "network"],
  [411, "internal"],
  [413, "too_large"],
  [429, "rate_limited"],
  [500, "internal"],
  [502, "unavailable"],
  [503, "unavailable"],
  [504, "unavailable"],
])("codeOfStatus(%i) is %s", (status, code) => {
  expect(codeOfStatus(status)).toBe(code);
});

/** An error as tRPC passes it on from the server. */
function serverError(code: string, httpStatus: number, more: { reason?: string; requestId?: unknown } = {}) {
  const data = {
    code,
    httpStatus,
    path: "releases.get",
    issues: [{ path: ["a"], message: "b" }],
    reason: more.reason ?? null,
    retryAfter: 2,
  };
  const result = { error: { code: -1, message: "message", data } };
  return TRPCClientError.from(result, { meta: { response: { requestId: more.requestId } } });
}

describe("toLandfallError", () => {
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
    const error = toLandfallError(serverError(code, status, { reason: "why", requestId: "r1" }));
    expect(error).toMatchObject({
      code: expected,
      status,
      message: "message",
      reason: "why",
      requestId: "r1",
      retryAfter: 2,
      issues: [{ path: ["a"], message: "b" }],
    });
  });

  test.each([[undefined], [7], [null]])("a request id of %s is null", (requestId) => {
    expect(toLandfallError(serverError("CONFLICT", 409, { requestId })).requestId).toBeNull();
  });

  test("reports JSON that is not from tRPC as internal", () => {
    const error = toLandfallError(new TRPCClientError("Unable to transform response from server"));
    expect(error).toMatchObject({ code: "internal", status: null, requestId: null });
    expect(error.message).toContain("Invalid response from the server");
  });

  test("returns a LandfallError unchanged", () => {
    const error = new LandfallError("no", { code: "network" });
    expect(toLandfallError(error)).toBe(error);
  });
});
