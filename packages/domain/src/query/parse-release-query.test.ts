import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxQueryFilters, maxQueryLength, parseReleaseQuery, textTerm } from "./parse-release-query.ts";
import { isQueryError, QueryError } from "./release-query.ts";

const now = new Date("2024-03-15T12:00:00Z");

const parse = (query: string) => parseReleaseQuery(query, now);

const text = (value: string, alsoContains: string | null = null) => ({ kind: "text", value, alsoContains });

describe("parseReleaseQuery", () => {
  it.each([[""], [" "], ["\t\n "]])("has no term for %j", (query) => {
    expect(parse(query)).toEqual([]);
  });

  it.each([
    ["a word", "oob", text("oob")],
    ["several words are one term", "my app 1.0", text("my app 1.0")],
    ["spaces are kept as typed", " 1.0 ", text(" 1.0 ")],
    ["quotes are kept as typed", '"1.0 beta"', text('"1.0 beta"')],
    ["stars are ordinary characters", "1.2.*", text("1.2.*")],
    ["a description", "1.0a (20200101100)", text("1.0a (20200101100)", "1.0a+20200101100")],
    ["emoji and other letters", "Größe 🚀", text("Größe 🚀")],
    ["L06: a list without a key", "![foobar,release2]", text("![foobar,release2]")],
  ])("free text: %s", (_name, query, term) => {
    expect(parse(query)).toEqual([term]);
  });

  it("uses the entire query as text when there is a word besides filters", () => {
    const query = "release.version:>1.2.3 1.2.*";
    expect(parse(query)).toMatchObject([text(query), { kind: "version" }]);
  });

  it("ANDs the filters in the order written", () => {
    expect(
      parse("finalized:true  release:a* !release.package:p\trelease.build:>1 release.created:-1d release.stage:adopted"),
    ).toMatchObject([
      { kind: "finalized" },
      { kind: "release", negated: false },
      { kind: "package", negated: true },
      { kind: "build" },
      { kind: "created" },
      { kind: "stage" },
    ]);
  });

  it.each([
    ["L12", "bad_key:>1.2.3", "Invalid key for this search: bad_key"],
    ["another key", "foo:bar", "Invalid key for this search: foo"],
    ["no value", "release.version:", "Empty string after 'release.version:'"],
    ["an operator without a value", "release.version:>", "Empty string after 'release.version:'"],
    ["OR", "release:a OR release:b", 'Boolean statements containing "OR" or "AND" are not supported in this search'],
    ["a stray quote", 'release:"a b', "Invalid quote at '\"a': quotes must enclose text or be escaped."],
    ["NUL", "a\0b", "Null characters are not allowed."],
    ["NUL in a filter", "release:a\0", "Null characters are not allowed."],
    ["a lone surrogate", "a\ud800b", "Surrogate characters are not allowed: U+D800."],
    ["a lone low surrogate", "release:\udfff", "Surrogate characters are not allowed: U+DFFF."],
  ])("rejects %s", (_name, query, message) => {
    expect(() => parse(query)).toThrow(expect.objectContaining({ name: "QueryError", message }));
  });

  it("accepts a query of the maximum length and rejects a longer one", () => {
    const longest = "a".repeat(maxQueryLength);
    expect(parse(longest)).toEqual([text(longest)]);
    expect(() => parse(`${longest}a`)).toThrow(
      new QueryError("The query is too long: it has 4097 characters, and the limit is 4096.", "too_long"),
    );
  });

  it("accepts the maximum number of filters and rejects more; words do not count", () => {
    const most = "release:a ".repeat(maxQueryFilters);
    expect(parse(most)).toHaveLength(maxQueryFilters);
    expect(parse(`${most}${"word ".repeat(60)}`)).toHaveLength(maxQueryFilters + 1);
    expect(() => parse(`${most}release:b`)).toThrow(
      new QueryError("The query has 51 filters, and the limit is 50. Use lists such as release:[a,b].", "too_many_filters"),
    );
  });

  const fragment = fc.oneof(
    fc.constantFrom(
      "release:",
      "release.version:",
      "release.package:",
      "release.build:",
      "release.stage:",
      "finalized:",
      "release.created:",
    ),
    fc.constantFrom("!", ">", ">=", "<", "!=", '"', "\\", "[", "]", ",", " ", "*", "(", ")", "AND", "foo:", "__proto__:"),
    fc.constantFrom("1.2.3", "1.*", "test@1.0", "latest", "true", "adopted", "-7d", "2024-01-01", "99999999999999999999", "-99999999999d"),
    fc.constantFrom("\0", "\ud800", "\udc00", "\u2028", "\u00a0", "é", "🚀"),
    fc.string({ unit: "binary", maxLength: 5 }),
  );

  /** Returns the terms of a query, or the message of a `QueryError`; any other error fails the property. */
  const outcome = (query: string): unknown => {
    try {
      return parse(query);
    } catch (error) {
      if (isQueryError(error)) return error.message;
      throw error;
    }
  };

  it("throws only QueryError, and is deterministic, for any text", () => {
    const lone = fc.string({ unit: fc.nat(0xff_ff).map((code) => String.fromCharCode(code)), maxLength: 30 });
    const query = fc.oneof(
      fc.array(fragment, { maxLength: 15 }).map((parts) => parts.join("")),
      lone,
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(query, (written) => {
        const first = outcome(written);
        expect(outcome(written)).toEqual(first);
        expect(typeof first === "string" ? first !== "" : Array.isArray(first)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["quotes", '"'.repeat(maxQueryLength)],
    ["quotes and spaces", '" '.repeat(maxQueryLength / 2)],
    ["brackets", `release:${"[".repeat(maxQueryLength - 8)}`],
    ["a long list", `release:[${"a,".repeat(2000)}b]`],
    ["backslashes", `release:${"\\".repeat(maxQueryLength - 8)}`],
    ["spaces and a bracket", `${" ".repeat(maxQueryLength - 2)}()`],
    ["many open brackets", " (".repeat(maxQueryLength / 2)],
    ["a version of digits", `release.version:${"1".repeat(4000)}`],
    ["a version of dots", `release.version:${"1.".repeat(2000)}`],
    ["a period of digits", `release.created:-${"9".repeat(4000)}d`],
    ["far too many filters", "release:a ".repeat(1_000_000)],
  ])("parses %s quickly", (_name, query) => {
    const started = performance.now();
    const result = outcome(query);
    expect(performance.now() - started).toBeLessThan(500);
    expect(result).toBeDefined();
  });
});

describe("textTerm", () => {
  it.each([
    ["1.0a (20200101100)", "1.0a+20200101100"],
    ["1.2.1 (123)  ", "1.2.1+123"],
    ["app 1.0 (b c)", "app 1.0+b c"],
    ["1.0 (a) (b)", "1.0 (a)+b"],
    ["1.0 (a (b)", "1.0 (a+b"],
    ["1.0 (a(b)", "1.0+a(b"],
    ["1.0  (a)", "1.0 +a"],
    ["1.0\t(a)", "1.0+a"],
    [" (a)", "+a"],
    ["1.0(a)", null],
    ["(a)", null],
    ["1.0 ()", null],
    ["1.0 (a))", null],
    ["1.0 (a) x", null],
    ["1.0 (a", null],
    [")", null],
    ["", null],
  ])("%j", (query, alsoContains) => {
    expect(textTerm(query)).toEqual({ kind: "text", value: query, alsoContains });
  });

  it("matches what the pattern of the contract matches", () => {
    const query = fc.string({ unit: fc.constantFrom("a", " ", "(", ")", "1"), maxLength: 12 });
    fc.assert(
      fc.property(query, (written) => {
        const match = /^(.*)\s+\(([^)]+)\)\s*$/.exec(written);
        expect(textTerm(written).alsoContains).toBe(match === null ? null : `${match[1]}+${match[2]}`);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["spaces", `${" ".repeat(100_000)}x`],
    ["brackets", " (".repeat(50_000)],
    ["brackets that close once", `${" (".repeat(50_000)})`],
  ])("stays linear on %s", (_name, query) => {
    const started = performance.now();
    const { value } = textTerm(query);
    // The pattern above would scan 100,000 characters for each of them.
    expect(performance.now() - started).toBeLessThan(1000);
    expect(value).toBe(query);
  });
});
