import { ERROR_CODES } from "@landfall/schema/error";
import { describe, expect, test } from "vitest";
import { AppError, forbidden, invalidField, isAppError, notFound, unauthenticated } from "./app-error.ts";

describe("an AppError", () => {
  test.each(ERROR_CODES)("is an error of code %s that may be told", (code) => {
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

describe("what may be told", () => {
  test("an error of another copy of the class, since two bundles hold two", () => {
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

test("the failures everything throws have the contract's texts (1.20)", () => {
  expect(notFound()).toMatchObject({ code: "not_found", message: "The requested resource does not exist" });
  expect(forbidden()).toMatchObject({ code: "forbidden", message: "You do not have permission to perform this action." });
  expect(unauthenticated()).toMatchObject({ code: "unauthenticated", message: "Authentication credentials were not provided." });
});

test("a failure at one field says so in its message and its issue", () => {
  const issues = [{ path: ["projects"], message: "Invalid project" }];
  expect(invalidField("projects", "Invalid project")).toMatchObject({ code: "invalid", message: "Invalid project", issues });
});
