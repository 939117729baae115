import { expect, test } from "vitest";
import { pythonRepr } from "./python-repr.ts";

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
])("case %#: a value is shown as Python shows it", (value, text) => expect(pythonRepr(value)).toBe(text));

test("what is long is cut", () => {
  expect(pythonRepr("x".repeat(1000))).toBe(`'${"x".repeat(199)}…`);
  expect(pythonRepr(Array.from({ length: 10_000 }, (_, index) => index)).length).toBeLessThan(250);
});
