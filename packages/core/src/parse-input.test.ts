import { body } from "@landfall/schema/fields/body";
import { list } from "@landfall/schema/fields/list";
import { object } from "@landfall/schema/fields/object";
import { text } from "@landfall/schema/fields/text";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { isAppError } from "./app-error.ts";
import { parseInput } from "./parse-input.ts";

const Input = body({ version: text(), commits: list(object({ id: text() })).optional() });

/** What parsing throws. */
function failure(schema: z.ZodType, input: unknown): unknown {
  try {
    parseInput(schema, input);
  } catch (error) {
    return error;
  }
  return null;
}

test("good input is answered as its schema understands it", () => {
  expect(parseInput(Input, { version: 1.5, unknown: true })).toEqual({ version: "1.5" });
  expect(parseInput(z.object({ n: z.string().transform(Number) }), { n: "7" })).toEqual({ n: 7 });
});

describe("bad input throws `invalid`", () => {
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

  test("with the names of symbols as text, so that issues can be told as JSON", () => {
    const key = Symbol("key");
    const schema = z.custom(() => true).superRefine((_, context) => context.addIssue({ code: "custom", message: "no", path: [key, 0] }));
    expect(failure(schema, {})).toMatchObject({ issues: [{ path: ["Symbol(key)", 0], message: "no" }] });
  });
});

test("what is no mistake of the caller is not told as one", () => {
  const broken = z.any().transform(() => {
    throw new TypeError("a bug");
  });
  expect(failure(broken, {})).toBeInstanceOf(TypeError);
});
