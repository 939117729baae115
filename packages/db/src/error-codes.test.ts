import { expect, test } from "vitest";
import { errorCodes } from "./error-codes.ts";

const coded = (code: unknown, cause?: unknown) => Object.assign(new Error("x", { cause }), { code });

test.each([
  ["nothing", undefined, []],
  ["a string", "23505", []],
  ["an error without a code", new Error("x"), []],
  ["an error with one", coded("23505"), ["23505"]],
  ["a code that is no text", coded(23_505), []],
  ["a wrapped one", new Error("query failed", { cause: coded("23505") }), ["23505"]],
  ["codes at both depths", coded("OUTER", coded("INNER")), ["OUTER", "INNER"]],
  ["a cause that is no error", coded("OUTER", { code: "INNER" }), ["OUTER"]],
])("%s", (_, error, codes) => {
  expect(errorCodes(error)).toEqual(codes);
});
