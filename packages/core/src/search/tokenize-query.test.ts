import { describe, expect, it } from "vitest";
import { QueryError } from "./search-error.ts";
import { tokenizeQuery } from "./tokenize-query.ts";

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
    ["a colon after a text that is no key", "foo@1:2 (name:x", [word("foo@1:2"), word("(name:x")]],
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

  it("takes an operator for text where the key has none", () => {
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
    ["the fault that comes first", "a OR foo:1", noBoolean],
    ["an empty value", "name:", "Empty string after 'name:'"],
    ["a space after the colon", "!name: foo", "Empty string after 'name:'"],
    ["an operator and no value", "size:>= 1", "Empty string after 'size:'"],
    ["a stray quote", 'name:a"b c', "Invalid quote at 'a\"b': quotes must enclose text or be escaped."],
  ])("refuses %s", (_name, query, message) => {
    expect(() => tokens(query)).toThrow(new QueryError(message));
  });
});
