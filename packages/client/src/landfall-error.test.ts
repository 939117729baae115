import { TRPCClientError } from "@trpc/client";
import { describe, expect, test } from "vitest";
import { abortedError, isLandfallError, LandfallError } from "./landfall-error.ts";

describe("LandfallError", () => {
  test("keeps every fact", () => {
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

  test("has plain values for what is not known", () => {
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
  ["a text", "no", false],
])("isLandfallError: %s", (_, value, expected) => {
  expect(isLandfallError(value)).toBe(expected);
});

test.each([[new Error("because")], ["a text"], [undefined]])("aborted keeps only errors as its cause (%s)", (cause) => {
  const error = abortedError(cause);
  expect(error.code).toBe("aborted");
  expect(error.cause).toBe(cause instanceof Error ? cause : undefined);
});
