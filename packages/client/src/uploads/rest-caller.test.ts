import { expect, test } from "vitest";
import { errorOfResponse } from "./rest-caller.ts";

test.each([
  [400, { error: "Chunk size too large" }, "invalid", "Chunk size too large"],
  [400, { detail: "No data" }, "invalid", "No data"],
  [400, { version: ["This field is required."] }, "invalid", 'The server rejected the request: {"version":["This field is required."]}'],
  [401, { detail: "Invalid token" }, "unauthenticated", "Invalid token"],
  [403, { detail: "You do not have permission to perform this action." }, "forbidden", "You do not have permission"],
  [404, { detail: "The requested resource does not exist" }, "not_found", "does not exist"],
  [409, { detail: "busy" }, "conflict", "busy"],
  [413, { detail: "Request body too large" }, "too_large", "too large"],
  [429, { detail: "slow down" }, "rate_limited", "slow down"],
  [500, { detail: "Internal Error" }, "internal", "Internal Error"],
  [503, null, "unavailable", "status 503"],
  [507, { detail: "The server's disk is full." }, "storage_full", "disk is full"],
  [400, { error: "" }, "invalid", "The server rejected the request"],
])("status %i with %j is %s", (status, body, code, words) => {
  const error = errorOfResponse({ status, requestId: "r1", retryAfter: 2 }, body);
  expect(error).toMatchObject({ code, status, requestId: "r1", retryAfter: 2 });
  expect(error.message).toContain(words);
});
