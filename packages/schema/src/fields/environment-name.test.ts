import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { environmentName, isValidEnvironmentName } from "./environment-name.ts";
import { issuesOf } from "./issues-of.ts";

describe("environmentName", () => {
  it.each([
    ["production", "production"],
    ["  staging ", "staging"],
    ["production\n", "production"],
    [".", "."],
    ["..", ".."],
    ["none", "none"],
    ["a b.c", "a b.c"],
    ["a\tb\\c", "a\tb\\c"],
    ["x".repeat(64), "x".repeat(64)],
    [1, "1"],
  ])("reads %j as %j", (value, name) => {
    expect(environmentName().parse(value)).toBe(name);
  });

  it.each([
    [undefined, "This field is required."],
    [null, "This field may not be null."],
    ["", "This field may not be blank."],
    [" \n ", "This field may not be blank."],
    ["bad/name", "Invalid value for environment"],
    ["a\nb", "Invalid value for environment"],
    ["a\rb", "Invalid value for environment"],
    ["a\fb", "Invalid value for environment"],
    ["x".repeat(65), "Ensure this field has no more than 64 characters."],
    [`${"x".repeat(64)}/`, "Ensure this field has no more than 64 characters."],
    [{}, "Not a valid string."],
  ])("refuses %j with %j", (value, message) => {
    expect(issuesOf(environmentName(), value)).toEqual({ "": [message] });
  });

  it("lets through only valid names, which read the same again", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "/", "\n", "\r", "\f", " ", "😀"), maxLength: 70 }), (value) => {
        const result = environmentName().safeParse(value);
        if (!result.success) return;
        expect(isValidEnvironmentName(result.data)).toBe(true);
        expect(result.data).toMatch(/^[^\r\n\f/]+$/);
        expect(environmentName().parse(result.data)).toBe(result.data);
      }),
    );
  });
});
