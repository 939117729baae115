import * as fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { issuesOf } from "./issues-of.ts";
import { list } from "./list.ts";
import { object } from "./object.ts";
import { text } from "./text.ts";

const names = list(text({ max: 3 }));
const people = list(object({ name: text(), mail: text().nullish() }));

describe("list", () => {
  it("reads each element with the schema of the elements, and knows their types", () => {
    expect(names.parse([" a ", 1])).toEqual(["a", "1"]);
    expect(names.parse([])).toEqual([]);
    expectTypeOf<z.output<typeof names>>().toEqualTypeOf<string[]>();
    expectTypeOf<z.input<typeof people>>().toEqualTypeOf<{ name: string; mail?: string | null | undefined }[]>();
  });

  it.each([
    ["x", "str"],
    [{}, "dict"],
    [1, "int"],
    [1.5, "float"],
    [true, "bool"],
  ])("refuses %j, naming its type %s", (value, type) => {
    expect(issuesOf(names, value)).toEqual({ "": [`Expected a list of items but got type "${type}".`] });
  });

  it("tells missing, null, forbidden empty and too many", () => {
    expect(issuesOf(names, undefined)).toEqual({ "": ["This field is required."] });
    expect(issuesOf(names, null)).toEqual({ "": ["This field may not be null."] });
    expect(issuesOf(list(text(), { empty: false }), [])).toEqual({ "": ["This list may not be empty."] });
    expect(list(text(), { max: 2 }).parse(["a", "b"])).toEqual(["a", "b"]);
    expect(issuesOf(list(text(), { max: 2 }), ["a", "b", "c"])).toEqual({ "": ["Ensure this field has no more than 2 elements."] });
  });

  it("tells only the first bad element, with everything wrong in it, under its index", () => {
    expect(issuesOf(names, ["a", "long", ""])).toEqual({ "1": ["Ensure this field has no more than 3 characters."] });
    expect(issuesOf(people, [{ name: "n" }, { name: "", mail: true }, {}])).toEqual({
      "1.name": ["This field may not be blank."],
      "1.mail": ["Not a valid string."],
    });
  });

  it("stops reading at the first bad element", () => {
    const seen: unknown[] = [];
    const watched = list(z.custom<unknown>((value) => seen.push(value) > 0 && value !== "bad"));
    expect(watched.safeParse([1, "bad", 2]).success).toBe(false);
    expect(seen).toEqual([1, "bad"]);
  });

  it("tells a null element at its own path, unless elements may be null", () => {
    expect(issuesOf(z.object({ people }), { people: [{ name: "n" }, null] })).toEqual({ people: ["This field may not be null."] });
    expect(list(text().nullable()).parse([null, "a"])).toEqual([null, "a"]);
  });

  it("tells an element that is no object under non_field_errors", () => {
    expect(issuesOf(people, ["x"])).toEqual({ "0.non_field_errors": ["Invalid data. Expected a dictionary, but got str."] });
  });

  it("keeps the schema of its elements readable, also on a described copy", () => {
    expect(names.element.parse(" a")).toBe("a");
    expect(names.describe("Names").element).toBe(names.element);
    expect(names.describe("Names").parse(["a"])).toEqual(["a"]);
  });

  it("says so when an element's check is asynchronous, which it does not support", () => {
    const slow = list(z.string().refine(async () => true));
    expect(() => slow.safeParse(["a"])).toThrow(z.core.$ZodAsyncError);
  });

  it("never throws on any value, and keeps the length of what it accepts", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.array(fc.string({ maxLength: 4 }))), (value) => {
        const result = names.safeParse(value);
        expect(!result.success || (Array.isArray(value) && result.data.length === value.length)).toBe(true);
      }),
    );
  });
});
