import * as fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { addIssue, field } from "./field.ts";
import { issuesOf } from "./issues-of.ts";

const upper = field({
  like: z.string(),
  read: (payload) => {
    if (typeof payload.value === "string") return payload.value.toUpperCase();
    addIssue(payload, "Write a text.", ["inside"]);
    return undefined;
  },
});

describe("field", () => {
  it("is a zod schema: parse, refine, transform, pipe and object members work", () => {
    expect(upper.parse("a")).toBe("A");
    expect(upper.transform((value) => value.length).parse("abc")).toBe(3);
    expect(
      issuesOf(
        upper.refine((value) => value !== "A", "Not A."),
        "a",
      ),
    ).toEqual({ "": ["Not A."] });
    expect(issuesOf(z.object({ name: upper }), {})).toEqual({ name: ["This field is required."] });
    expect(z.object({ name: upper.optional() }).parse({})).toEqual({});
  });

  it("parses asynchronously with the same results", async () => {
    await expect(upper.parseAsync("a")).resolves.toBe("A");
    const result = await upper.safeParseAsync(1);
    expect(result.error?.issues).toEqual([{ code: "custom", message: "Write a text.", path: ["inside"] }]);
  });

  it("rejects undefined and null before reading", () => {
    expect(issuesOf(upper, undefined)).toEqual({ "": ["This field is required."] });
    expect(issuesOf(upper, null)).toEqual({ "": ["This field may not be null."] });
  });

  it("has the types of the reader, and the documented form", () => {
    const length = field({ like: z.string(), read: ({ value }) => String(value).length });
    expectTypeOf<z.output<typeof length>>().toEqualTypeOf<number>();
    expectTypeOf<z.input<typeof length>>().toEqualTypeOf<string>();
  });

  it("never throws on any value", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(upper.safeParse(value).success).toBe(typeof value === "string");
      }),
    );
  });
});
