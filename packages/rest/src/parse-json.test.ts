import { isAppError } from "@landfall/core/app-error";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJson } from "./parse-json.ts";

const parse = (text: string): unknown => parseJson(new TextEncoder().encode(text), { elements: 1000 });

function failure(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes, { elements: 1000 });
  } catch (error) {
    return error;
  }
}

describe("a JSON text is read", () => {
  test.each([
    ["null", null],
    ["  1\n", 1],
    ['{"a":[1,-2.5,true,"é\\ud83d\\ude80"]}', { a: [1, -2.5, true, "é🚀"] }],
    ['{"a":1,"a":2}', { a: 2 }],
    ["1e400", Number.POSITIVE_INFINITY],
    ["-1e400", Number.NEGATIVE_INFINITY],
    ['"\\u0000"', "\0"],
    ['"\\ud800"', "\ud800"],
  ])("%s", (text, value) => {
    expect(parse(text)).toEqual(value);
  });

  test("its own names only: a prototype is not set", () => {
    const value = parse('{"__proto__":{"polluted":1},"constructor":2}');
    expect(Object.keys(value ?? {})).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test.each([
    ['{"id":9007199254740993}', { id: 9_007_199_254_740_993n }],
    ['{"id":-9007199254740993}', { id: -9_007_199_254_740_993n }],
    ["[123456789012345678901234567890]", [123_456_789_012_345_678_901_234_567_890n]],
    ['{"id" :\t9007199254740992 }', { id: 9_007_199_254_740_992n }],
    ["[9007199254740991]", [Number.MAX_SAFE_INTEGER]],
    ["[0000000000000000001]", null],
    ["[1234567890123456.5]", [1_234_567_890_123_456.5]],
    ["[12345678901234567e1]", [Number("123456789012345670")]],
    ['["12345678901234567890"]', ["12345678901234567890"]],
    ['[12345678901234567, {"a": [1, 98765432109876543]}]', [12_345_678_901_234_567n, { a: [1, 98_765_432_109_876_543n] }]],
  ])("%s, without changing a long number in passing", (text, value) => {
    if (value === null) expect(() => parse(text)).toThrow("JSON parse error - ");
    else expect(parse(text)).toEqual(value);
  });

  test("as JSON.parse reads it, whatever it is", () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        const rounded = (_: string, value: unknown) => (typeof value === "bigint" ? Number(value) : value);
        expect(JSON.stringify(parse(text), rounded)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  test("100 levels deep", () => {
    const depth = 100;
    let value = parse("[".repeat(depth) + "]".repeat(depth));
    for (let level = 1; level < depth; level++) value = Array.isArray(value) ? value[0] : null;
    expect(value).toEqual([]);
  });
});

describe("what is no JSON in UTF-8 is the caller's mistake (contract 1.8)", () => {
  test.each(["", " ", "{", "{'a':1}", '{"a":1,}', "nul", "NaN", "[Infinity]", "{}{}", "\ufeff{}", '"\n"', "01", "[1 2]", "\0"])(
    "%j",
    (text) => {
      const error = failure(new TextEncoder().encode(text));
      expect(isAppError(error) && [error.code, error.issues, error.message.startsWith("JSON parse error - ")]).toEqual([
        "invalid",
        [],
        true,
      ]);
    },
  );

  test.each([[[0xff]], [[0x22, 0xed, 0xa0, 0x80, 0x22]], [[0x22, 0xc0, 0x80, 0x22]], [[0x7b, 0x22, 0x80]]])("the bytes %j", (bytes) => {
    expect(failure(new Uint8Array(bytes))).toMatchObject({ code: "invalid", message: expect.stringMatching(/^JSON parse error - /) });
  });

  test.each([
    ["Nested too deeply: at most 100 levels are read", "[".repeat(100_000) + "]".repeat(100_000)],
    ["A number has more than 100 digits", `[${"1".repeat(1_000_000)}]`],
    ["More than 1000 elements in all lists together", JSON.stringify(Array.from({ length: 1001 }, () => 1))],
  ])("what exceeds a limit: %s", (reason, text) => {
    expect(failure(new TextEncoder().encode(text))).toMatchObject({ code: "invalid", message: `JSON parse error - ${reason}` });
  });

  test("a long number among so many values that reading it exactly takes too long", () => {
    const text = `[${"1,".repeat(100_000)}12345678901234567890]`;
    const parseIt = () => parseJson(new TextEncoder().encode(text), { elements: 200_000 });
    expect(parseIt).toThrow("JSON parse error - A number has more than 15 digits beside more than 100000 other values");
  });

  test("any bytes are read or refused as such, never anything else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
        const result = failure(bytes);
        expect(result instanceof Error && !isAppError(result)).toBe(false);
      }),
    );
  });
});
