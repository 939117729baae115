import { describe, expect, expectTypeOf, it } from "vitest";
import type * as z from "zod";
import { oneOf } from "./choice.ts";
import { issuesOf } from "./issues-of.ts";

const status = oneOf(["open", "archived"], { invalid: (value) => `Invalid status ${value}` });
const patchType = oneOf(["A", "M", "D"], { max: 1, invalid: (value) => `Commit patch_set type ${value} is not supported.` });

describe("choice", () => {
  it("answers the choice, trimmed, as a value of its own type", () => {
    expect(status.parse(" archived ")).toBe("archived");
    expectTypeOf<z.output<typeof status>>().toEqualTypeOf<"open" | "archived">();
    expectTypeOf<z.input<typeof status>>().toEqualTypeOf<"open" | "archived">();
  });

  it.each([
    ["deleted", "Invalid status deleted"],
    ["OPEN", "Invalid status OPEN"],
    [" x ", "Invalid status x"],
    [1, "Invalid status 1"],
    [null, "This field may not be null."],
    ["", "This field may not be blank."],
    [undefined, "This field is required."],
    [[], "Not a valid string."],
    [true, "Not a valid string."],
    ["toString", "Invalid status toString"],
  ])("refuses the status %j with %j", (value, message) => {
    expect(issuesOf(status, value)).toEqual({ "": [message] });
  });

  it.each([
    ["X", "Commit patch_set type X is not supported."],
    ["a", "Commit patch_set type a is not supported."],
    ["MM", "Ensure this field has no more than 1 characters."],
  ])("refuses the patch type %j with %j", (value, message) => {
    expect(issuesOf(patchType, value)).toEqual({ "": [message] });
  });
});
