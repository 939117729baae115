import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { requestTarget } from "./request-target.ts";

describe("a target is made safe for a URL parser", () => {
  test.each([
    ["/api/0/", "/api/0/"],
    ["/api/0/organizations/a/releases/web@1.0.0%2Bb%201/?x=1&y=a+b", "/api/0/organizations/a/releases/web@1.0.0%2Bb%201/?x=1&y=a+b"],
    ["/r/a\\b/", "/r/a%5Cb/"],
    ["/r/a\\..\\b/", "/r/a%5C..%5Cb/"],
    ["/r/a|b^c{d}e`f'g~[h]/", "/r/a%7Cb%5Ec%7Bd%7De%60f'g~[h]/"],
    ['/r/"<>/', "/r/%22%3C%3E/"],
    ["/r/a#b/?q=#c", "/r/a%23b/?q=%23c"],
    ["/r/\u00c3\u00a9/", "/r/%C3%A9/"],
    ["/r/?q=\u00c3\u00a9", "/r/?q=%C3%A9"],
    ["/r/\u2713/\u{1f680}", "/r/%E2%9C%93/%F0%9F%9A%80"],
    ["/r/\ud800", "/r/%EF%BF%BD"],
    ["//double//slash/", "//double//slash/"],
    ["/r/%zz/%/", "/r/%zz/%/"],
    ["/r/...", "/r/..."],
    ["/r/1..2/.hidden/", "/r/1..2/.hidden/"],
    ["/r/?path=/../x", "/r/?path=/../x"],
    ["", "/"],
    ["?a=1", "/?a=1"],
    ["http://landfall.test/r/a|b/?c", "/r/a%7Cb/?c"],
    ["HTTPS://landfall.test:8443", "/"],
    ["http://landfall.test?a", "/?a"],
  ])("%j becomes %j", (raw, safe) => {
    expect(requestTarget(raw)).toBe(safe);
  });

  test.each([
    "/r/../x",
    "/r/./x",
    "/..",
    "/.",
    "/r/..",
    "/r/%2e%2e/",
    "/r/.%2E/x",
    "/r/%2e",
    "/r/..?a",
    "/r/%2E%2e?a",
    "http://landfall.test/../x",
  ])("%j is rejected, since a parser would resolve it", (raw) => {
    expect(requestTarget(raw)).toBeNull();
  });

  test.each(["*", "landfall.test:443", "ftp://landfall.test/"])("%j is rejected, since it is not a path", (raw) => {
    expect(requestTarget(raw)).toBeNull();
  });
});

const byte = fc.integer({ min: 0x21, max: 0xff }).filter((code) => code !== 0x7f);
const bytes = fc.array(byte, { maxLength: 30 }).map((codes) => String.fromCharCode(...codes));
const segments = fc.array(fc.oneof(fc.constantFrom(".", "..", "%2e", ".%2E", "...", "\\", "a"), bytes), { maxLength: 6 });
const targets = segments.map((parts) => `/${parts.join("/")}`);

test("a URL parser does not change a safe target", () => {
  fc.assert(
    fc.property(targets, (raw) => {
      const safe = requestTarget(raw);
      if (safe === null) return;
      const { hash, href } = new URL(`http://landfall.test${safe}`);
      expect(hash).toBe("");
      expect(href).toBe(
        `http://landfall.test${safe}`.replace(/'/g, (quote, at: number, text: string) => (text.lastIndexOf("?", at) < 0 ? quote : "%27")),
      );
    }),
  );
});

test("decoding an escaped target returns what was sent", () => {
  const decode = (text: string) => text.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  fc.assert(
    fc.property(
      targets.filter((raw) => !raw.includes("%")),
      (raw) => {
        const safe = requestTarget(raw);
        if (safe !== null) expect(decode(safe)).toBe(raw);
      },
    ),
  );
});

test("only dot segments make a path unsafe", () => {
  const isDots = (segment: string) => /^(?:\.|%2e){1,2}$/i.test(segment);
  fc.assert(
    fc.property(targets, (raw) => {
      const [path = ""] = raw.split("?", 1);
      expect(requestTarget(raw) === null).toBe(path.slice(1).split("/").some(isDots));
    }),
  );
});
