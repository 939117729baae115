import * as fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import type * as z from "zod";
import { oneOf } from "./choice.ts";
import { dateTime } from "./date-time.ts";
import { integer } from "./integer.ts";
import { issuesOf } from "./issues-of.ts";
import { list } from "./list.ts";
import { object } from "./object.ts";
import { text } from "./text.ts";

const patch = object({ path: text({ max: 510 }), type: oneOf(["A", "M", "D"], { invalid: (type) => `${type} is not supported.` }) });
const commit = object({ id: text({ max: 64 }), at: dateTime().nullish(), patches: list(patch).nullish(), weight: integer().default(1) });

describe("object", () => {
  it("answers its members and ignores what it does not know", () => {
    expect(commit.parse({ id: " a ", at: null, extra: 1, weight: 2 })).toEqual({ id: "a", at: null, weight: 2 });
  });

  it("leaves absent members out, fills defaults, keeps an explicit undefined", () => {
    const read = commit.parse({ id: "a" });
    expect(Object.keys(read)).toEqual(["id", "weight"]);
    expect(read.weight).toBe(1);
    expect(Object.keys(commit.parse({ id: "a", at: undefined }))).toContain("at");
  });

  it("infers what goes in and what comes out", () => {
    expectTypeOf<z.input<typeof patch>>().toEqualTypeOf<{ path: string; type: "A" | "M" | "D" }>();
    expectTypeOf<z.output<typeof commit>>().toEqualTypeOf<{
      id: string;
      at?: Date | null | undefined;
      patches?: { path: string; type: "A" | "M" | "D" }[] | null | undefined;
      weight: number;
    }>();
    expectTypeOf<z.input<typeof commit>["weight"]>().toEqualTypeOf<number | undefined>();
  });

  it("tells all bad members together, in the order of the shape", () => {
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
  ])("refuses %j, naming its type %s", (value, type) => {
    expect(issuesOf(commit, value)).toEqual({ non_field_errors: [`Invalid data. Expected a dictionary, but got ${type}.`] });
  });

  it("tells missing and null, and lets zod allow them", () => {
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

  it("is not led astray by __proto__ in the input", () => {
    const hostile: unknown = JSON.parse('{"id":"a","__proto__":{"at":"2018-12-19","polluted":true}}');
    const read = commit.parse(hostile);
    expect(read).toEqual({ id: "a", weight: 1 });
    expect("polluted" in read).toBe(false);
  });

  it("reads objects without a prototype", () => {
    expect(commit.parse(Object.assign(Object.create(null), { id: "a" }))).toEqual({ id: "a", weight: 1 });
  });

  it("runs zod's own checks on top, once every member is good", () => {
    const even = commit.refine((value) => value.id !== value.patches?.[0]?.path, { message: "The same twice.", path: ["id"] });
    expect(issuesOf(even, { id: "x", patches: [{ path: "x", type: "A" }] })).toEqual({ id: ["The same twice."] });
    expect(issuesOf(even, { id: "" })).toEqual({ id: ["This field may not be blank."] });
  });

  it("keeps its shape readable for objects made from it, also on a described copy", () => {
    const named = object({ ...commit.describe("A commit").shape, name: text() });
    expect(named.parse({ id: "a", name: "n" })).toEqual({ id: "a", name: "n", weight: 1 });
  });

  it("never throws on any JSON value, and accepts what it answered", () => {
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
