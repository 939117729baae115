import { AppError, invalidField, notFound } from "@landfall/core/kernel/app-error";
import { StoreError } from "@landfall/db/store-error";
import { expect, test } from "vitest";
import { listenFailure, OperatorError, operatorMessage } from "./operator-error.ts";

test.each([
  [new OperatorError("Do that."), "Do that."],
  [new StoreError("in_use", "It is in use."), "It is in use."],
  [notFound('No organization "amce".'), 'No organization "amce".'],
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
])("shows %s without a stack", (error, sentence) => {
  expect(operatorMessage(error)).toBe(sentence);
});

test("shows the stack of a bug", () => {
  expect(operatorMessage(new TypeError("x is not a function"))).toMatch(/^TypeError: x is not a function\n {4}at /);
});

test.each([
  ["EADDRINUSE", "Port 80 is used by another program. Stop it, or choose another port with PORT=<number>."],
  ["EACCES", "This user may not use port 80. Choose a port above 1023 with PORT=<number>."],
  ["EADDRNOTAVAIL", "HOST 10.0.0.1 is not an address of this machine. Unset it to listen on all addresses."],
  ["ENOTFOUND", "HOST 10.0.0.1 cannot be resolved. Unset it to listen on all addresses."],
])("%s", (code, message) => {
  const error = Object.assign(new Error(code), { code });
  expect(listenFailure(error, { host: "10.0.0.1", port: 80 })).toEqual(
    expect.objectContaining({ name: "OperatorError", message, cause: error }),
  );
});

test("returns any other error unchanged", () => {
  const error = Object.assign(new Error("?"), { code: "EMFILE" });
  expect(listenFailure(error, { host: null, port: 80 })).toBe(error);
});
