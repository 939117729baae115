import { body, list, object } from "@landfall/schema/fields/composites";
import { isValidSlug } from "@landfall/schema/fields/names";
import { text } from "@landfall/schema/fields/text";
import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import * as z from "zod";
import { isAppError } from "./app-error.ts";
import { parseInput, readId, slugOfName } from "./input.ts";

const Input = body({ version: text(), commits: list(object({ id: text() })).optional() });

/** Returns the error that parsing throws. */
function failure(schema: z.ZodType, input: unknown): unknown {
  try {
    parseInput(schema, input);
  } catch (error) {
    return error;
  }
  return null;
}

test("valid input is returned as parsed by its schema", () => {
  expect(parseInput(Input, { version: 1.5, unknown: true })).toEqual({ version: "1.5" });
  expect(parseInput(z.object({ n: z.string().transform(Number) }), { n: "7" })).toEqual({ n: 7 });
});

describe("invalid input throws `invalid`", () => {
  test.each([
    [Input, {}, [{ path: ["version"], message: "This field is required." }]],
    [Input, null, [{ path: ["non_field_errors"], message: "No data provided" }]],
    [Input, [], [{ path: ["non_field_errors"], message: "Invalid data. Expected a dictionary, but got list." }]],
    [
      Input,
      { commits: [{ id: "a" }, {}] },
      [
        { path: ["version"], message: "This field is required." },
        { path: ["commits", 1, "id"], message: "This field is required." },
      ],
    ],
    [z.enum(["a"], "not a"), "b", [{ path: [], message: "not a" }]],
  ])("with every issue and its path, the first as its message", (schema, input, issues) => {
    const error = failure(schema, input);
    expect(isAppError(error)).toBe(true);
    expect(error).toMatchObject({ code: "invalid", message: issues[0]?.message, issues });
  });

  test("with symbols as text, so that issues can be serialized", () => {
    const key = Symbol("key");
    const schema = z.custom(() => true).superRefine((_, context) => context.addIssue({ code: "custom", message: "no", path: [key, 0] }));
    expect(failure(schema, {})).toMatchObject({ issues: [{ path: ["Symbol(key)", 0], message: "no" }] });
  });
});

test("rethrows errors that the input did not cause", () => {
  const broken = z.any().transform(() => {
    throw new TypeError("a bug");
  });
  expect(failure(broken, {})).toBeInstanceOf(TypeError);
});

describe("slugOfName", () => {
  it.each([
    ["web", "web"],
    ["Pump Station", "pump-station"],
    ["  Crème Brûlée 2 ", "creme-brulee-2"],
    ["C++ / .NET", "c-net"],
    ["snake_case", "snake_case"],
    ["ﬁne", "fine"],
    ["x".repeat(80), "x".repeat(50)],
    [`${"x".repeat(49)} y`, "x".repeat(49)],
  ])("makes %j into %j", (name, slug) => {
    expect(slugOfName(name)).toBe(slug);
  });

  it.each(["Кафе", "日本", "123", "---", "!"])("requires a slug for %j", (name) => {
    expect(() => slugOfName(name)).toThrow(
      expect.objectContaining({ code: "invalid", issues: [expect.objectContaining({ path: ["slug"] })] }),
    );
  });

  it("returns a valid slug or throws, for any name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (name) => {
        try {
          const slug = slugOfName(name);
          expect(isValidSlug(slug) && slug.length <= 50).toBe(true);
        } catch (error) {
          expect(isAppError(error)).toBe(true);
        }
      }),
    );
  });
});

describe("readId", () => {
  it.each([
    ["1", 1],
    ["007", 7],
    ["2147483647", 2_147_483_647],
    ["2147483648", 0],
    ["9".repeat(40), 0],
    ["", 0],
    ["-1", 0],
    ["1.5", 0],
    ["1 ", 0],
    ["x", 0],
    ["١", 0],
  ])("reads %j as %j", (text, id) => {
    expect(readId(text)).toBe(id);
  });
});
