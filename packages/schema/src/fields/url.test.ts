import { describe, expect, it } from "vitest";
import { issuesOf } from "./issues-of.ts";
import { url } from "./url.ts";

const INVALID = { "": ["Enter a valid URL."] };
const of = (length: number) => `http://a.com/${"x".repeat(length - 13)}`;

describe("url", () => {
  it("trims surrounding white space and keeps the rest as sent", () => {
    expect(url().parse("  HTTP://Example.com/A?b#c \n")).toBe("HTTP://Example.com/A?b#c");
  });

  it.each([
    "example.com",
    "//example.com",
    "javascript:alert(1)",
    1,
    true,
    [],
    {},
    "http://exa_mple.com",
    "http://a.com/b c",
    "http://a.c",
  ])("refuses %j", (value) => {
    expect(issuesOf(url(), value)).toEqual(INVALID);
  });

  it("refuses what cannot be stored in its own words, and only when it is a URL at all", () => {
    expect(url({ max: 200 }).parse(of(200))).toBe(of(200));
    expect(issuesOf(url({ max: 200 }), of(201))).toEqual({ "": ["Ensure this field has no more than 200 characters."] });
    expect(url({ max: 200 }).parse(`http://a.com/${"😀".repeat(187)}`)).toHaveLength(387);
    expect(url().parse(of(2048))).toBe(of(2048));
    expect(issuesOf(url({ max: 200 }), of(2049))).toEqual(INVALID);
    expect(issuesOf(url({ max: 200 }), "x".repeat(201))).toEqual(INVALID);
  });

  it("allows a blank only when told so", () => {
    expect(url({ blank: true }).parse(" ")).toBe("");
    expect(issuesOf(url(), "")).toEqual({ "": ["This field may not be blank."] });
  });

  it("tells NUL and lone surrogates as every text does", () => {
    expect(issuesOf(url(), "http://a.com/\u0000")).toEqual({ "": ["Null characters are not allowed."] });
    expect(issuesOf(url(), "http://a.com/\ud800")).toEqual({ "": ["Surrogate characters are not allowed: U+D800."] });
  });
});
