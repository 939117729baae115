import { expect, test } from "vitest";
import { whose } from "./whose.ts";

test("one of the two is taken", () => {
  expect(whose({ org: "acme" })).toEqual({ kind: "organization", slug: "acme" });
  expect(whose({ email: "ada@example.test" })).toEqual({ kind: "person", email: "ada@example.test" });
});

test.each([{}, { org: "acme", email: "ada@example.test" }])("%o is refused", (options) => {
  expect(() => whose(options)).toThrow("Say whose token: ");
});
