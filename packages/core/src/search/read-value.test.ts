import { describe, expect, it } from "vitest";
import { readValue } from "./read-value.ts";
import { QueryError } from "./search-error.ts";

const read = (query: string, mayBeList = true) => readValue(query, 0, "release", mayBeList);

const listFault =
  "Invalid list after 'release:': separate values with commas, quote values that contain spaces, commas or brackets, and end with ].";

describe("readValue", () => {
  it.each([
    ["a word", "1.0 next", "1.0", 3],
    ["a word to the end", "1.0", "1.0", 3],
    ["brackets and commas in a word", "a(b),c] d", "a(b),c]", 7],
    ["quoted text", '"my app 1.0" next', "my app 1.0", 12],
    ["an escaped quote in it", '"a\\"b"', 'a"b', 6],
    ["an empty text in quotes", '"" next', "", 2],
    ["an escaped quote in a word", 'a\\"b', 'a"b', 4],
    ["quoted separators", '"a\tb"', "a\tb", 5],
  ])("reads %s", (_name, query, text, end) => {
    expect(read(query)).toMatchObject({ value: { form: "single", text }, end });
  });

  it.each([
    ["one", "[a] next", ["a"], 3],
    ["two", "[a,b]", ["a", "b"], 5],
    ["spaces around commas and ends", "[ a ,  b ] x", ["a", "b"], 10],
    ["quoted values", '["a, b]","\\"c\\"",d]', ["a, b]", '"c"', "d"], 19],
    ["a quoted empty value", '["",a]', ["", "a"], 6],
    ["a bracket inside a value", "[[a]", ["[a"], 4],
    ["stars as they are", "[a*,\\*b]", ["a*", "*b"], 8],
  ])("reads a list of %s", (_name, query, values, end) => {
    expect(read(query)).toEqual({ value: { form: "list", values }, end });
  });

  it("reads a list as a word where none may be", () => {
    expect(read("[a, b]", false)).toMatchObject({ value: { form: "single", text: "[a," }, end: 3 });
  });

  it.each([
    ["no value", "", "Empty string after 'release:'"],
    ["a space", " a", "Empty string after 'release:'"],
    ["a quote that is not closed", '"test x', "Invalid quote at '\"test': quotes must enclose text or be escaped."],
    ["a quote at the end", 'test" x', "Invalid quote at 'test\"': quotes must enclose text or be escaped."],
    ["a quote inside", 'te"st', "Invalid quote at 'te\"st': quotes must enclose text or be escaped."],
    ["text right after a quote", '"te"st x', "Invalid quote at '\"te\"st': quotes must enclose text or be escaped."],
    ["two quotes inside", 'a"b"', "Invalid quote at 'a\"b\"': quotes must enclose text or be escaped."],
    ["a stray quote in a list", '[a,b"c]', "Invalid quote at 'b\"c': quotes must enclose text or be escaped."],
    ["an open quote in a list", '["a, b]', "Invalid quote at '\"a': quotes must enclose text or be escaped."],
    ["an empty list", "[]", "Lists should not have empty values"],
    ["an empty value in a list", "[a,,b]", "Lists should not have empty values"],
    ["a comma at the end", "[a, ]", "Lists should not have empty values"],
    ["a comma at the start", "[,a]", "Lists should not have empty values"],
    ["a list that is not closed", "[a,b", listFault],
    ["only a bracket", "[", listFault],
    ["a comma and nothing", "[a,", listFault],
    ["values without a comma", "[a b]", listFault],
    ["text right after a list", "[a]b", listFault],
  ])("refuses %s", (_name, query, message) => {
    expect(() => read(query)).toThrow(new QueryError(message));
  });
});
