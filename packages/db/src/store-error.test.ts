import { describe, expect, test } from "vitest";
import { errorCodes, isStoreError, isUniqueViolation, StoreError } from "./store-error.ts";

test("has a code, a message and a cause", () => {
  const cause = new Error("EACCES");
  const error = new StoreError("unwritable", "/data cannot be written.", { cause });
  expect(error).toMatchObject({ name: "StoreError", code: "unwritable", message: "/data cannot be written.", cause });
  expect(String(error)).toBe("StoreError: /data cannot be written.");
});

test("is recognized across copies of its class, unlike other errors", () => {
  const fromAnotherBundle = Object.assign(new Error("x"), { [Symbol.for("landfall.StoreError")]: true, code: "busy" });
  expect([new StoreError("busy", "x"), fromAnotherBundle].map(isStoreError)).toEqual([true, true]);
  expect([new Error("x"), { code: "busy" }, null, "busy"].map(isStoreError)).toEqual([false, false, false, false]);
});

describe("error codes", () => {
  const coded = (code: unknown, cause?: unknown) => Object.assign(new Error("x", { cause }), { code });

  test.each([
    ["nothing", undefined, []],
    ["a string", "23505", []],
    ["an error without a code", new Error("x"), []],
    ["an error with one", coded("23505"), ["23505"]],
    ["a code that is not text", coded(23_505), []],
    ["a wrapped one", new Error("query failed", { cause: coded("23505") }), ["23505"]],
    ["codes at both depths", coded("OUTER", coded("INNER")), ["OUTER", "INNER"]],
    ["a cause that is not an error", coded("OUTER", { code: "INNER" }), ["OUTER"]],
  ])("%s", (_, error, codes) => {
    expect(errorCodes(error)).toEqual(codes);
  });
});

describe("unique violation", () => {
  const coded = (code: string) => Object.assign(new Error("x"), { code });

  // The store suite tests the real errors of the databases; these are similar errors.
  test.each([
    [coded("SQLITE_CONSTRAINT_UNIQUE"), true],
    [coded("SQLITE_CONSTRAINT_PRIMARYKEY"), true],
    [coded("SQLITE_CONSTRAINT_FOREIGNKEY"), false],
    [coded("SQLITE_CONSTRAINT_NOTNULL"), false],
    [new Error("Failed query", { cause: coded("23505") }), true],
    [new Error("Failed query", { cause: coded("23503") }), false],
    [new Error("UNIQUE constraint failed"), false],
    [null, false],
  ])("%s: %s", (error, expected) => {
    expect(isUniqueViolation(error)).toBe(expected);
  });
});
