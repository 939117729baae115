import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isPythonSpace, pythonNumberText, pythonRepr, pythonStrip, pythonTypeName } from "./python.ts";

const SPACES = [
  0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006,
  0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
];

describe("pythonStrip", () => {
  it("has exactly Python's 29 white space characters", () => {
    const found = Array.from({ length: 0x10000 }, (_, code) => code).filter(isPythonSpace);
    expect(found).toEqual(SPACES);
  });

  it.each([
    ["", ""],
    ["   ", ""],
    [" a b\t", "a b"],
    ["\u00a0\u0085\u2028\u001cx\u001f", "x"],
    ["\u200bx\ufeff", "\u200bx\ufeff"],
    ["\u0000 x", "\u0000 x"],
    ["\u180ex\u2060", "\u180ex\u2060"],
  ])("strips %j to %j", (text, stripped) => {
    expect(pythonStrip(text)).toBe(stripped);
  });

  it("removes the white space at both ends only, and nothing the second time", () => {
    const padded = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...SPACES).map((code) => String.fromCharCode(code)),
        fc.string({ minLength: 1, maxLength: 1 }),
      ),
    });
    fc.assert(
      fc.property(padded, (text) => {
        const stripped = pythonStrip(text);
        expect(text).toContain(stripped);
        expect(stripped === "" || !isPythonSpace(stripped.charCodeAt(0))).toBe(true);
        expect(stripped === "" || !isPythonSpace(stripped.charCodeAt(stripped.length - 1))).toBe(true);
        expect([...text.replace(stripped, "")].every((character) => isPythonSpace(character.charCodeAt(0)))).toBe(true);
        expect(pythonStrip(stripped)).toBe(stripped);
      }),
    );
  });
});

describe("pythonNumberText", () => {
  it.each([
    [1, "1"],
    [0, "0"],
    [-0, "0"],
    [-17, "-17"],
    [1.5, "1.5"],
    [1 / 3, "0.3333333333333333"],
    [123456789012345, "123456789012345"],
    [1e21, "1000000000000000000000"],
    [12345678901234567890n, "12345678901234567890"],
    [-3n, "-3"],
    [0.0001, "0.0001"],
    [0.00012345, "0.00012345"],
    [0.00001, "1e-05"],
    [1.5e-7, "1.5e-07"],
    [-1.5e-10, "-1.5e-10"],
    [1e-100, "1e-100"],
    [5e-324, "5e-324"],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    [Number.NEGATIVE_INFINITY, null],
  ])("writes %s as %j", (value, text) => {
    expect(pythonNumberText(value)).toBe(text);
  });

  it("writes every finite number so that it parses to the same number", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(pythonNumberText(value))).toBe(Object.is(value, -0) ? 0 : value);
      }),
    );
  });
});

test.each<[unknown, string]>([
  [null, "None"],
  [true, "True"],
  [false, "False"],
  [5, "5"],
  [1.5, "1.5"],
  [12345678901234567890n, "12345678901234567890"],
  ["x", "'x'"],
  ["it's", `"it's"`],
  [`it's "so"`, String.raw`'it\'s "so"'`],
  ["a\\b\n\t\0", String.raw`'a\\b\n\t\x00'`],
  [[], "[]"],
  [["a", 1, null], "['a', 1, None]"],
  [{}, "{}"],
  [{ lol: { a: [true] } }, "{'lol': {'a': [True]}}"],
  [[[[[[[1]]]]]], "[[[[[[...]]]]]]"],
])("case %#: formats a value as Python does", (value, text) => expect(pythonRepr(value)).toBe(text));

test("cuts long values", () => {
  expect(pythonRepr("x".repeat(1000))).toBe(`'${"x".repeat(199)}…`);
  expect(pythonRepr(Array.from({ length: 10_000 }, (_, index) => index)).length).toBeLessThan(250);
});

describe("pythonTypeName", () => {
  it.each([
    [{}, "dict"],
    [[], "list"],
    ["", "str"],
    [1, "int"],
    [-1n, "int"],
    [1.5, "float"],
    [Number.POSITIVE_INFINITY, "float"],
    [true, "bool"],
    [null, "NoneType"],
    [undefined, "NoneType"],
    [() => 1, "function"],
    [Object.create(null), "dict"],
  ])("the type of %o is %s", (value, name) => {
    expect(pythonTypeName(value)).toBe(name);
  });
});
