import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findQuote, isSeparator, readValue, scanUntil, tokenizeQuery, unescapeValue } from "./tokenize-query.ts";

const keys = new Map([
  ["name", { takesOperator: false }],
  ["size", { takesOperator: true }],
]);

const tokens = (query: string) => tokenizeQuery(query, keys);

const single = (key: string, text: string, rest: { negated?: boolean; operator?: string } = {}) => ({
  kind: "filter",
  key,
  negated: false,
  operator: "=",
  value: { form: "single", text },
  ...rest,
});

const word = (text: string) => ({ kind: "word", text });

describe("tokenizeQuery", () => {
  it.each([
    ["nothing", "", []],
    ["only separators", " \t\r\n", []],
    ["words", " foo  bar\t(1) ", [word("foo"), word("bar"), word("(1)")]],
    ["a filter", "name:foo", [single("name", "foo")]],
    ["filters and words", "a name:foo b size:1", [word("a"), single("name", "foo"), word("b"), single("size", "1")]],
    ["a negated filter", "!name:foo", [single("name", "foo", { negated: true })]],
    ["a colon in a value", "name:a:b", [single("name", "a:b")]],
    ["a colon without a key", ":foo", [word(":foo")]],
    ["a colon after a text that is not a key", "foo@1:2 (name:x", [word("foo@1:2"), word("(name:x")]],
    ["an exclamation mark and no key", "! !foo ![foo,name]", [word("!"), word("!foo"), word("![foo,name]")]],
    ["quoted words", '"foo name:bar" x', [word('"foo name:bar"'), word("x")]],
    ["quoted words with more right after", '"a b"c d', [word('"a b"c'), word("d")]],
    ["a quote that is not closed among words", 'a"b "c name:x', [word('a"b'), word('"c'), single("name", "x")]],
    ["AND and OR inside quotes or words", '"OR" ANDy', [word('"OR"'), word("ANDy")]],
  ])("splits %s", (_name, query, expected) => {
    expect(tokens(query)).toMatchObject(expected);
    expect(tokens(query)).toHaveLength(expected.length);
  });

  it.each([
    ["size:>1", ">", false, "1"],
    ["size:>=1", ">=", false, "1"],
    ["size:<1", "<", false, "1"],
    ["size:<=1", "<=", false, "1"],
    ["size:=1", "=", false, "1"],
    ["size:1", "=", false, "1"],
    ["size:!=1", "=", true, "1"],
    ["!size:1", "=", true, "1"],
    ["!size:!=1", "=", false, "1"],
    ["!size:>1", ">", true, "1"],
    ['size:>="1 2"', ">=", false, "1 2"],
    ["size:>>1", ">", false, ">1"],
    ["size:>[1]", ">", false, "[1]"],
  ])("reads the operator of %s", (query, operator, negated, text) => {
    expect(tokens(query)).toMatchObject([single("size", text, { operator, negated })]);
  });

  it("treats an operator as text if the key does not accept one", () => {
    expect(tokens("name:>=1 name:!=2")).toMatchObject([single("name", ">=1"), single("name", "!=2")]);
  });

  it("reads a list", () => {
    expect(tokens('!size:[1, "2 3"] x')).toEqual([
      { kind: "filter", key: "size", negated: true, operator: "=", value: { form: "list", values: ["1", "2 3"] } },
      word("x"),
    ]);
  });

  const noBoolean = 'Boolean statements containing "OR" or "AND" are not supported in this search';

  it.each([
    ["another key", "foo:bar", "Invalid key for this search: foo"],
    ["another key, before its value", 'foo:"', "Invalid key for this search: foo"],
    ["a negated other key", "a !foo.bar:x", "Invalid key for this search: foo.bar"],
    ["a key in capitals", "Name:x", "Invalid key for this search: Name"],
    ["a key that every object has", "constructor:x", "Invalid key for this search: constructor"],
    ["a number before a colon", "12:30", "Invalid key for this search: 12"],
    ["AND", "name:a AND name:b", noBoolean],
    ["OR", "a OR b", noBoolean],
    ["or in small letters", "a or b", noBoolean],
    ["AND alone", "AND", noBoolean],
    ["the first of two errors", "a OR foo:1", noBoolean],
    ["an empty value", "name:", "Empty string after 'name:'"],
    ["a space after the colon", "!name: foo", "Empty string after 'name:'"],
    ["an operator and no value", "size:>= 1", "Empty string after 'size:'"],
    ["a stray quote", 'name:a"b c', "Invalid quote at 'a\"b': quotes must enclose text or be escaped."],
  ])("rejects %s", (_name, query, message) => {
    expect(() => tokens(query)).toThrow(expect.objectContaining({ name: "QueryError", message }));
  });
});

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

  it("reads a list as a word if no list is allowed", () => {
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
  ])("rejects %s", (_name, query, message) => {
    expect(() => read(query)).toThrow(expect.objectContaining({ name: "QueryError", message }));
  });
});

describe("isSeparator", () => {
  it.each([
    [" ", true],
    ["\t", true],
    ["\n", true],
    ["\r", true],
    ["\u000b", false],
    ["\u00a0", false],
    ["\u2028", false],
    ["a", false],
    ["", false],
  ])("%j", (character, expected) => {
    expect(isSeparator(character)).toBe(expected);
  });
});

describe("scanUntil", () => {
  it.each([
    ["ab cd", 0, 2],
    ["ab cd", 3, 5],
    [" ab", 0, 0],
    ["ab", 2, 2],
    ["", 0, 0],
  ])("%j from %i", (text, from, expected) => {
    expect(scanUntil(text, from, isSeparator)).toBe(expected);
  });
});

describe("findQuote", () => {
  it.each([
    ['ab"c', 0, 2],
    ['"a"', 1, 2],
    ['a\\"b"', 0, 4],
    ['a\\\\"', 0, 3],
    ["abc", 0, -1],
    ["abc\\", 0, -1],
    ['\\"', 0, -1],
    ["", 0, -1],
  ])("%j from %i", (text, from, expected) => {
    expect(findQuote(text, from)).toBe(expected);
  });
});

describe("unescapeValue", () => {
  it.each([
    ["", "", false, false],
    ["abc", "abc", false, false],
    ["*", "*", true, true],
    ["**", "**", true, true],
    ["a*", "a*", false, true],
    ["*a", "*a", true, false],
    ["*a*b*", "*a*b*", true, true],
    ["a*b", "a*b", false, false],
    ["a\\*", "a*", false, false],
    ["\\*a", "*a", false, false],
    ["\\**", "**", false, true],
    ["*\\*", "**", true, false],
    ["\\\\*", "\\*", false, true],
    ['a\\"b', 'a"b', false, false],
    ["a\\b", "a\\b", false, false],
    ["a\\", "a\\", false, false],
    ["\\", "\\", false, false],
  ])("%j", (raw, text, startsWithStar, endsWithStar) => {
    expect(unescapeValue(raw)).toEqual({ text, startsWithStar, endsWithStar });
  });

  it("returns any escaped text without wildcards", () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom('"', "*", "\\"), fc.string({ unit: "binary", minLength: 1, maxLength: 1 })) });
    fc.assert(
      fc.property(text, (meant) => {
        const escaped = meant.replaceAll(/["*\\]/g, "\\$&");
        expect(unescapeValue(escaped)).toEqual({ text: meant, startsWithStar: false, endsWithStar: false });
      }),
    );
  });
});
