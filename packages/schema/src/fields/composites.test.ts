import * as fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { body, list, object } from "./composites.ts";
import { dateTime } from "./dates.ts";
import { issuesOf } from "./issues-of.ts";
import { integer } from "./numbers.ts";
import { oneOf, text } from "./text.ts";

const patch = object({ path: text({ max: 510 }), type: oneOf(["A", "M", "D"], { invalid: (type) => `${type} is not supported.` }) });
const commit = object({ id: text({ max: 64 }), at: dateTime().nullish(), patches: list(patch).nullish(), weight: integer().default(1) });

describe("object", () => {
  it("returns its members and ignores unknown ones", () => {
    expect(commit.parse({ id: " a ", at: null, extra: 1, weight: 2 })).toEqual({ id: "a", at: null, weight: 2 });
  });

  it("leaves absent members out, fills defaults, keeps an explicit undefined", () => {
    const read = commit.parse({ id: "a" });
    expect(Object.keys(read)).toEqual(["id", "weight"]);
    expect(read.weight).toBe(1);
    expect(Object.keys(commit.parse({ id: "a", at: undefined }))).toContain("at");
  });

  it("infers the input and output types", () => {
    expectTypeOf<z.input<typeof patch>>().toEqualTypeOf<{ path: string; type: "A" | "M" | "D" }>();
    expectTypeOf<z.output<typeof commit>>().toEqualTypeOf<{
      id: string;
      at?: Date | null | undefined;
      patches?: { path: string; type: "A" | "M" | "D" }[] | null | undefined;
      weight: number;
    }>();
    expectTypeOf<z.input<typeof commit>["weight"]>().toEqualTypeOf<number | undefined>();
  });

  it("reports all invalid members, in the order of the shape", () => {
    expect(issuesOf(commit, { at: "x", id: "", patches: [{ type: "A", path: "p" }, {}], weight: true })).toEqual({
      id: ["This field may not be blank."],
      at: [expect.stringMatching(/^Datetime has wrong format/)],
      "patches.1.path": ["This field is required."],
      "patches.1.type": ["This field is required."],
      weight: ["A valid integer is required."],
    });
  });

  it.each([
    [[], "list"],
    ["x", "str"],
    [1, "int"],
    [1.5, "float"],
    [true, "bool"],
  ])("rejects %j with its type %s", (value, type) => {
    expect(issuesOf(commit, value)).toEqual({ non_field_errors: [`Invalid data. Expected a dictionary, but got ${type}.`] });
  });

  it("reports missing and null, unless zod allows them", () => {
    expect(issuesOf(commit, undefined)).toEqual({ "": ["This field is required."] });
    expect(issuesOf(commit, null)).toEqual({ "": ["This field may not be null."] });
    expect(commit.nullish().parse(null)).toBeNull();
  });

  it("reads own properties only", () => {
    expect(issuesOf(object({ toString: text(), constructor: text() }), {})).toEqual({
      toString: ["This field is required."],
      constructor: ["This field is required."],
    });
    expect(issuesOf(commit, Object.create({ id: "inherited" }))).toEqual({ id: ["This field is required."] });
  });

  it("ignores __proto__ in the input", () => {
    const hostile: unknown = JSON.parse('{"id":"a","__proto__":{"at":"2018-12-19","polluted":true}}');
    const read = commit.parse(hostile);
    expect(read).toEqual({ id: "a", weight: 1 });
    expect("polluted" in read).toBe(false);
  });

  it("reads objects without a prototype", () => {
    expect(commit.parse(Object.assign(Object.create(null), { id: "a" }))).toEqual({ id: "a", weight: 1 });
  });

  it("runs zod's own checks once every member is valid", () => {
    const even = commit.refine((value) => value.id !== value.patches?.[0]?.path, { message: "Both are equal.", path: ["id"] });
    expect(issuesOf(even, { id: "x", patches: [{ path: "x", type: "A" }] })).toEqual({ id: ["Both are equal."] });
    expect(issuesOf(even, { id: "" })).toEqual({ id: ["This field may not be blank."] });
  });

  it("keeps its shape available for objects built from it, also on a described copy", () => {
    const extended = object({ ...commit.describe("A commit").shape, name: text() });
    expect(extended.parse({ id: "a", name: "n" })).toEqual({ id: "a", name: "n", weight: 1 });
  });

  it("never throws on any JSON value, and accepts its own output", () => {
    const json = fc.oneof(
      fc.jsonValue(),
      fc.record({ id: fc.jsonValue(), at: fc.jsonValue(), patches: fc.jsonValue() }, { requiredKeys: [] }),
      fc.record({ id: fc.string() }),
    );
    fc.assert(
      fc.property(json, (value) => {
        const result = commit.safeParse(value);
        const again = result.success ? commit.safeParse(result.data) : result;
        expect(again).toEqual(result);
        expect(result.error?.issues.every(({ message }) => message.length > 0)).not.toBe(false);
      }),
    );
  });
});

const release = body({ version: text(), ref: text({ blank: true }).nullish() });

describe("body", () => {
  it("reads an object like any other", () => {
    expect(release.parse({ version: "1", dateStarted: "now" })).toEqual({ version: "1" });
  });

  it("reads a missing body as an empty object", () => {
    expect(issuesOf(release, undefined)).toEqual({ version: ["This field is required."] });
    expect(body({ ref: text().nullish() }).parse(undefined)).toEqual({});
  });

  it.each([
    [null, "No data provided"],
    [[], "Invalid data. Expected a dictionary, but got list."],
    ["x", "Invalid data. Expected a dictionary, but got str."],
    [1, "Invalid data. Expected a dictionary, but got int."],
    [1.5, "Invalid data. Expected a dictionary, but got float."],
    [false, "Invalid data. Expected a dictionary, but got bool."],
  ])("rejects the body %j with %j under non_field_errors", (value, message) => {
    expect(issuesOf(release, value)).toEqual({ non_field_errors: [message] });
  });
});

const names = list(text({ max: 3 }));
const people = list(object({ name: text(), mail: text().nullish() }));

describe("list", () => {
  it("reads each element with the schema of the elements, and infers their types", () => {
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
  ])("rejects %j with its type %s", (value, type) => {
    expect(issuesOf(names, value)).toEqual({ "": [`Expected a list of items but got type "${type}".`] });
  });

  it("reports missing, null, empty and too long lists", () => {
    expect(issuesOf(names, undefined)).toEqual({ "": ["This field is required."] });
    expect(issuesOf(names, null)).toEqual({ "": ["This field may not be null."] });
    expect(issuesOf(list(text(), { empty: false }), [])).toEqual({ "": ["This list may not be empty."] });
    expect(list(text(), { max: 2 }).parse(["a", "b"])).toEqual(["a", "b"]);
    expect(issuesOf(list(text(), { max: 2 }), ["a", "b", "c"])).toEqual({ "": ["Ensure this field has no more than 2 elements."] });
  });

  it("reports all issues of only the first invalid element, under its index", () => {
    expect(issuesOf(names, ["a", "long", ""])).toEqual({ "1": ["Ensure this field has no more than 3 characters."] });
    expect(issuesOf(people, [{ name: "n" }, { name: "", mail: true }, {}])).toEqual({
      "1.name": ["This field may not be blank."],
      "1.mail": ["Not a valid string."],
    });
  });

  it("stops at the first invalid element", () => {
    const seen: unknown[] = [];
    const watched = list(z.custom<unknown>((value) => seen.push(value) > 0 && value !== "bad"));
    expect(watched.safeParse([1, "bad", 2]).success).toBe(false);
    expect(seen).toEqual([1, "bad"]);
  });

  it("reports a null element at the list's path, unless elements may be null", () => {
    expect(issuesOf(z.object({ people }), { people: [{ name: "n" }, null] })).toEqual({ people: ["This field may not be null."] });
    expect(list(text().nullable()).parse([null, "a"])).toEqual([null, "a"]);
  });

  it("reports an element that is not an object under non_field_errors", () => {
    expect(issuesOf(people, ["x"])).toEqual({ "0.non_field_errors": ["Invalid data. Expected a dictionary, but got str."] });
  });

  it("keeps the schema of its elements available, also on a described copy", () => {
    expect(names.element.parse(" a")).toBe("a");
    expect(names.describe("Names").element).toBe(names.element);
    expect(names.describe("Names").parse(["a"])).toEqual(["a"]);
  });

  it("throws for asynchronous checks of elements", () => {
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
