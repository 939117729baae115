import { expect, test } from "vitest";
import { isStoreError, StoreError } from "./store-error.ts";

test("carries what went wrong, on what, and its cause", () => {
  const cause = new Error("EACCES");
  const error = new StoreError("unwritable", "/data cannot be written.", { cause });
  expect(error).toMatchObject({ name: "StoreError", code: "unwritable", message: "/data cannot be written.", cause });
  expect(String(error)).toBe("StoreError: /data cannot be written.");
});

test("is recognised across copies of its class, and nothing else is", () => {
  const fromAnotherBundle = Object.assign(new Error("x"), { [Symbol.for("landfall.StoreError")]: true, code: "busy" });
  expect([new StoreError("busy", "x"), fromAnotherBundle].map(isStoreError)).toEqual([true, true]);
  expect([new Error("x"), { code: "busy" }, null, "busy"].map(isStoreError)).toEqual([false, false, false, false]);
});
