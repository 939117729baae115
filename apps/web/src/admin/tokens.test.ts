import { expect, test } from "vitest";
import { readTokenOwner } from "./tokens.ts";

test("returns the owner if exactly one option is given", () => {
  expect(readTokenOwner({ org: "acme" })).toEqual({ kind: "organization", slug: "acme" });
  expect(readTokenOwner({ email: "ada@example.test" })).toEqual({ kind: "person", email: "ada@example.test" });
});

test.each([{}, { org: "acme", email: "ada@example.test" }])("%o is refused", (options) => {
  expect(() => readTokenOwner(options)).toThrow("Specify the owner: ");
});
