import { expect, test } from "vitest";
import { codeOfStatus } from "./code-of-status.ts";

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
