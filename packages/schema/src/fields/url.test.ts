import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { issuesOf } from "./issues-of.ts";
import { isPythonSpace } from "./python.ts";
import { isValidUrl, url } from "./url.ts";

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

  it("reports a valid URL that is too long to store separately", () => {
    expect(url({ max: 200 }).parse(of(200))).toBe(of(200));
    expect(issuesOf(url({ max: 200 }), of(201))).toEqual({ "": ["Ensure this field has no more than 200 characters."] });
    expect(url({ max: 200 }).parse(`http://a.com/${"😀".repeat(187)}`)).toHaveLength(387);
    expect(url().parse(of(2048))).toBe(of(2048));
    expect(issuesOf(url({ max: 200 }), of(2049))).toEqual(INVALID);
    expect(issuesOf(url({ max: 200 }), "x".repeat(201))).toEqual(INVALID);
  });

  it("allows a blank only with `blank`", () => {
    expect(url({ blank: true }).parse(" ")).toBe("");
    expect(issuesOf(url(), "")).toEqual({ "": ["This field may not be blank."] });
  });

  it("reports NUL and lone surrogates like every text", () => {
    expect(issuesOf(url(), "http://a.com/\u0000")).toEqual({ "": ["Null characters are not allowed."] });
    expect(issuesOf(url(), "http://a.com/\ud800")).toEqual({ "": ["Surrogate characters are not allowed: U+D800."] });
  });
});

const label63 = "a".repeat(63);

describe("isValidUrl", () => {
  it.each([
    "http://example.com",
    "https://example.com/",
    "ftp://example.com",
    "ftps://example.com",
    "HTTPS://EXAMPLE.COM",
    "http://localhost",
    "http://LOCALHOST:8000/x",
    "http://1.2.3.4",
    "http://255.255.255.255:80/",
    "http://0.0.0.0",
    "http://[::1]",
    "http://[::1]:8080/a",
    "http://[::ffff:1.2.3.4]",
    "http://[1:2:3:4:5:6:7:8]",
    "http://example.com.",
    "http://a.b-c.com",
    "http://1a.com",
    "http://1.com",
    "http://example.com:99999",
    "http://u@example.com",
    "http://u:p@example.com",
    "http://u:@example.com",
    "http://example.com?x=@y",
    "http://example.com#x",
    "http://example.com/?[]",
    "http://example.com/%zz<>\\",
    "http://example.com/é\u0001",
    `http://${label63}.com`,
    `http://a.${"b".repeat(63)}`,
    "http://xn--e1afmkfd.xn--p1ai",
    "http://пример.рф",
    "http://例え.テスト",
    "http://😀.com",
    "http://ß.com",
    "https://github.com/owner/repo/commit/7b1c0b1",
    `http://a.com/${"x".repeat(2035)}`,
  ])("accepts %s", (text) => {
    expect(isValidUrl(text)).toBe(true);
  });

  it.each([
    "",
    "1",
    "example.com",
    "//example.com",
    "javascript:alert(1)",
    "ssh://example.com",
    "http:example.com",
    "http:/example.com",
    "http//example.com",
    "ht\u017ftp://a.com",
    "http://",
    "http:///a",
    "http://?q",
    "http://.com",
    "http://a..com",
    "http://-a.com",
    "http://a-.com",
    "http://a.-com",
    "http://a.com-",
    "http://a.com..",
    "http://com",
    "http://exa_mple.com",
    "http://example.c",
    "http://a.co1",
    "http://a.1om",
    "http://localhost.",
    "http://256.1.1.1",
    "http://01.2.3.4",
    "http://1.2.3",
    "http://1.2.3.4.5",
    "http://[::zz]",
    "http://[1.2.3.4]",
    "http://[::1",
    "http://::1",
    "http://[]",
    "http://[v1.a]",
    "http://[::1]x",
    "http://[::1]:",
    "http://[fe80::1%eth0]",
    "http://[1::2::3]",
    "http://a.com:",
    "http://a.com:123456",
    "http://a.com:8a",
    "http://a.com:٣",
    "http://:p@a.com",
    "http://@a.com",
    "http://u:p:q@a.com",
    "http://u@v@a.com",
    "http://[u@a.com",
    "http://u:]@localhost",
    "http://u/v@a",
    "http://a?b@host",
    "http://example.com/a b",
    "http://example .com",
    "http:// a.com",
    "http://a\n.com",
    "http://a.com\t/x",
    "http://a.com/\u00a0x",
    "http://a.com/\u2028x",
    "http://a.com/\u001fx",
    "http://%61.com",
    "http://a%20b.com",
    "http://a[b].com",
    "http://١.com/ ",
    `http://${label63}a.com`,
    `http://a.${"b".repeat(64)}`,
    `http://${[label63, label63, label63, label63].join(".")}.com`,
    `http://a.com/${"x".repeat(2036)}`,
  ])("refuses %j", (text) => {
    expect(isValidUrl(text)).toBe(false);
  });

  it("accepts a valid URL with any further path, and browsers can parse its host", () => {
    const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,10}[a-z0-9])?$/).filter((text) => !text.startsWith("xn--"));
    const path = fc.string().map((text) => encodeURIComponent(text.toWellFormed()));
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), path, (labels, rest) => {
        const text = `https://${labels.join(".")}.dev/${rest}`;
        expect(isValidUrl(text)).toBe(true);
        expect(new URL(text).hostname).toBe(`${labels.join(".")}.dev`);
      }),
    );
  });

  it("never throws, and accepts only texts with a known scheme and no white space", () => {
    const urlLike = fc.string({
      unit: fc.constantFrom("http://", "https://", "a", ".", "com", ":", "@", "[", "]", "-", "/", "1", " ", "é", "😀"),
      maxLength: 30,
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), urlLike), (text) => {
        const proper = /^(?:https?|ftps?):\/\/./i.test(text) && ![...text].some((unit) => isPythonSpace(unit.charCodeAt(0)));
        expect(proper || !isValidUrl(text)).toBe(true);
      }),
    );
  });

  it.each(["a.", "a-", "a:", "@", "a@", "[", "1.", "é.", "xn--", "?", ".", "::"])("reads many repetitions of %j in linear time", (unit) => {
    const hostile = `http://${unit.repeat(500_000)}!`;
    const started = performance.now();
    expect(isValidUrl(hostile)).toBe(false);
    expect(isValidUrl(`http://${unit.repeat(500)}!`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
