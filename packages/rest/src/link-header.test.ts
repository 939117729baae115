import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linkHeader } from "./link-header.ts";
import { paged } from "./paged.ts";

const page = { items: [], previous: { cursor: "2:0:1", hasResults: true }, next: { cursor: "2:2:0", hasResults: false } };
const AT = "http://landfall.test/api/0/organizations/acme/releases/";

/** The header taken apart as clients do it: relation → [address, results, cursor]. */
function relations(header: string | null): Record<string, unknown> {
  const parts = (header ?? "")
    .split(/, (?=<)/)
    .map((part) => /^<([^<>]*)>; rel="(\w+)"; results="(true|false)"; cursor="([\d:-]+)"$/.exec(part));
  return Object.fromEntries(parts.map((part) => [part?.[2] ?? "unreadable", part ? [part[1], part[3], part[4]] : part]));
}

describe("the Link header (contract 15.4)", () => {
  test("names both neighbours, and says which has rows", () => {
    expect(linkHeader(AT, "per_page=2", page)).toBe(
      `<${AT}?per_page=2&cursor=2:0:1>; rel="previous"; results="true"; cursor="2:0:1", <${AT}?per_page=2&cursor=2:2:0>; rel="next"; results="false"; cursor="2:2:0"`,
    );
  });

  test.each([
    ["nothing", "", "?&cursor="],
    ["a cursor alone", "cursor=2:1:0", "?&cursor="],
    ["an empty cursor, as clients send it first", "cursor=", "?&cursor="],
    ["a cursor without a value", "cursor", "?&cursor="],
    ["several cursors", "cursor=1:0:0&a=1&cursor=2:0:0", "?a=1&cursor="],
    ["other parameters, as they were sent", "query=a%20b+c&project=1&project=2&%FF", "?query=a%20b+c&project=1&project=2&%FF&cursor="],
    ["a parameter that begins like a cursor", "cursors=1", "?cursors=1&cursor="],
    ["what would end the address or the header", 'query=<a>"b, c"é|\u{1f680}', "?query=%3Ca%3E%22b,%20c%22%C3%A9%7C%F0%9F%9A%80&cursor="],
  ])("keeps of a query %s", (_, search, kept) => {
    expect(relations(linkHeader(AT, search, page))).toMatchObject({ next: [`${AT}${kept}2:2:0`, "false", "2:2:0"] });
  });

  test("keeps the path as it was sent, whatever stands in it", () => {
    const path = "/api/0/organizations/acme/releases/web@1.0%2Bb 1\r\nSet-Cookie: x/";
    expect(relations(linkHeader(path, "", page))).toMatchObject({
      previous: ["/api/0/organizations/acme/releases/web@1.0%2Bb%201%0D%0ASet-Cookie:%20x/?&cursor=2:0:1", "true", "2:0:1"],
    });
  });

  test("is left out where there is nothing to page through", () => {
    expect(linkHeader(AT, "", { items: [], previous: null, next: null })).toBeNull();
  });

  test("can always be taken apart, and be put in a header, whatever was asked", () => {
    const anything = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(anything, anything, (address, search) => {
        const header = linkHeader(address, search, page);
        expect(relations(header)).toMatchObject({
          previous: [expect.any(String), "true", "2:0:1"],
          next: [expect.any(String), "false", "2:2:0"],
        });
        expect(header).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });
});

describe("a page as an answer", () => {
  /** What of an exchange a page depends on; the cast stands for the rest, which would need an application. */
  const exchange = { context: { origin: "http://landfall.test" }, path: "/api/0/x/", search: "a=1" } as Parameters<typeof paged>[1];

  test("is its items, with the header at the address the server is known by", () => {
    const answer = paged({ ...page, items: [1, 2] }, exchange);
    expect(answer).toMatchObject({ status: 200, body: [1, 2] });
    expect(answer.headers?.["Link"]).toContain("<http://landfall.test/api/0/x/?a=1&cursor=2:2:0>");
  });

  test("has no header when there are no pages", () => {
    expect(paged({ items: [], previous: null, next: null }, exchange)).toEqual({ status: 200, body: [] });
  });
});
