import { StoreError } from "@landfall/db/store-error";
import { ERROR_CODES } from "@landfall/schema/error";
import { describe, expect, test } from "vitest";
import { AppError, forbidden, invalidField, isAppError, isServerFault, notFound, toAppError, unauthenticated } from "./app-error.ts";

describe("an AppError", () => {
  test.each(ERROR_CODES)("is an error with code %s", (code) => {
    const error = new AppError(code, "no");
    expect(error).toBeInstanceOf(Error);
    expect(isAppError(error)).toBe(true);
    expect(error).toMatchObject({ name: "AppError", code, message: "no", issues: [], reason: undefined });
  });

  test("keeps issues, reason and cause", () => {
    const cause = new Error("why");
    const issues = [{ path: ["commits", 0, "id"], message: "This field is required." }];
    expect(new AppError("invalid", "no", { issues, reason: "empty", cause })).toMatchObject({ issues, reason: "empty", cause });
  });
});

describe("isAppError accepts", () => {
  test("an error of another copy of the class, since there are two bundles", () => {
    const foreign = Object.assign(new Error("no"), { [Symbol.for("landfall.AppError")]: true, code: "invalid", issues: [] });
    expect(foreign).not.toBeInstanceOf(AppError);
    expect(isAppError(foreign)).toBe(true);
  });

  test.each([
    new Error("no"),
    new TypeError("no"),
    { code: "invalid", message: "no", issues: [] },
    "invalid",
    400,
    null,
    undefined,
    Symbol("x"),
  ])("not %o", (error) => {
    expect(isAppError(error)).toBe(false);
  });
});

test("common failures have the texts of the contract (1.20)", () => {
  expect(notFound("No project.")).toMatchObject({ code: "not_found", message: "The requested resource does not exist" });
  expect(forbidden("Not allowed.")).toMatchObject({ code: "forbidden", message: "You do not have permission to perform this action." });
  expect(unauthenticated()).toMatchObject({ code: "unauthenticated", message: "Authentication credentials were not provided." });
});

test("a failure of one field has it in its message and its issue", () => {
  const issues = [{ path: ["projects"], message: "Invalid project" }];
  expect(invalidField("projects", "Invalid project")).toMatchObject({ code: "invalid", message: "Invalid project", issues });
});

describe("what callers get for a failure", () => {
  test("is the refusal itself", () => {
    const refusal = notFound("No project.");
    expect([toAppError(refusal), isServerFault(refusal)]).toEqual([refusal, false]);
  });

  test.each([
    [new StoreError("unreachable", "PostgreSQL at db:5432"), "unavailable", undefined],
    [new StoreError("outcome_unknown", "x"), "unavailable", "outcome_unknown"],
    [new StoreError("closed", "x"), "unavailable", undefined],
    [Object.assign(new Error("x"), { code: "ENOSPC", syscall: "write" }), "storage_full", undefined],
  ])("for %s is %s with Retry-After, and is reported with its cause", (error, code, reason) => {
    const failure = toAppError(error);
    expect(failure).toMatchObject({ code, reason, cause: error, retryAfter: expect.any(Number) });
    expect(failure?.message).not.toContain("db:5432");
    expect([isServerFault(error), isServerFault(failure)]).toEqual([true, true]);
  });

  test.each([new Error("bug"), null, new StoreError("nested_transaction", "x"), Object.assign(new Error("x"), { code: "SQLITE_CORRUPT" })])(
    "returns null for %s",
    (error) => {
      expect([toAppError(error), isServerFault(error)]).toEqual([null, true]);
    },
  );

  test("for an aborted request is not a failure of the server", () => {
    const aborted = Object.assign(new Error("aborted"), { code: "ECONNRESET" });
    expect([toAppError(aborted)?.code, isServerFault(aborted)]).toEqual(["invalid", false]);
  });

  test("only temporary failures have Retry-After", () => {
    expect(ERROR_CODES.filter((code) => new AppError(code, "no").retryAfter !== null)).toEqual(["unavailable", "storage_full"]);
  });
});
