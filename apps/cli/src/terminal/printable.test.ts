import fc from "fast-check";
import { expect, test } from "vitest";
import { printable, printableText } from "./printable.ts";

test.each([
  ["plain é 漢 🎉", "plain é 漢 🎉"],
  ["two\nlines\tand a tab", "two\nlines\tand a tab"],
  ["\u001b[31mred\u001b[0m", "\ufffd[31mred\ufffd[0m"],
  ["\u009b31m", "\ufffd31m"],
  ["a\rb\u0007\u0000\u007f", "a\ufffdb\ufffd\ufffd\ufffd"],
])("%j is printed as %j", (text, expected) => {
  expect(printableText(text)).toBe(expected);
});

test("reaches every text of the data and keeps everything else", () => {
  const date = new Date(0);
  const data = { a: ["\u001b", { b: "\u001b" }], n: 1, none: null, absent: undefined, yes: true, date };
  expect(printable(data)).toEqual({ a: ["\ufffd", { b: "\ufffd" }], n: 1, none: null, absent: undefined, yes: true, date });
});

test("no text keeps a character that commands a terminal", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !/[^\P{Cc}\n\t]/u.test(printableText(text))));
});
