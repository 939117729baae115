import { AppError, invalidField, notFound } from "@landfall/core/kernel/app-error";
import { StoreError } from "@landfall/db/store-error";
import { expect, test } from "vitest";
import { listenFailure, OperatorError, operatorMessage } from "./operator-error.ts";

test.each([
  [new OperatorError("Do that."), "Do that."],
  [new StoreError("in_use", "It is in use."), "It is in use."],
  [notFound(), "There is nothing of this name or id."],
  [invalidField("organization", "No slug."), "organization: No slug."],
  [new AppError("invalid", "The name cannot be blank."), "The name cannot be blank."],
  [
    new Error("Failed query: insert …\nparams: secret", {
      cause: Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" }),
    }),
    "The server's disk is full. Nothing was saved. (database or disk is full)",
  ],
  [
    Object.assign(new Error("database disk image is malformed"), { code: "SQLITE_CORRUPT" }),
    "The database is damaged. Stop the server, keep the file, and restore a backup.",
  ],
  ["text", "text"],
])("%s is told without a stack", (error, sentence) => {
  expect(operatorMessage(error)).toBe(sentence);
});

test("a bug is told with its stack", () => {
  expect(operatorMessage(new TypeError("x is not a function"))).toMatch(/^TypeError: x is not a function\n {4}at /);
});

test.each([
  ["EADDRINUSE", "Port 80 is taken by another program; stop it, or choose another with PORT=<number>."],
  ["EACCES", "Port 80 may not be used by this user; choose one above 1023 with PORT=<number>."],
  ["EADDRNOTAVAIL", "HOST 10.0.0.1 is no address of this machine; leave it unset to listen on all of them."],
  ["ENOTFOUND", "HOST 10.0.0.1 is not known; leave it unset to listen on every address."],
])("%s", (code, message) => {
  const error = Object.assign(new Error(code), { code });
  expect(listenFailure(error, { host: "10.0.0.1", port: 80 })).toEqual(
    expect.objectContaining({ name: "OperatorError", message, cause: error }),
  );
});

test("any other refusal stays as it is", () => {
  const error = Object.assign(new Error("?"), { code: "EMFILE" });
  expect(listenFailure(error, { host: null, port: 80 })).toBe(error);
});
