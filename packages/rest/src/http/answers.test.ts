import { AppError } from "@landfall/core/kernel/app-error";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { answerUnknownPath } from "../rest-handler.ts";
import { answerResponse, byteRange, byteStream, CORS_MAX_AGE, corsHeaders, linkHeader, paged } from "./answers.ts";
import type { Route } from "./route.ts";
import { checkAnswer, respond } from "./serve-route.ts";

describe("an answer (contract 1.10)", () => {
  test("is compact JSON, not escaped, never to be kept", async () => {
    const response = answerResponse({ status: 201, body: { a: ["é🚀", null, 1] } }, { Allow: "GET" });
    expect([response.status, await response.text()]).toEqual([201, '{"a":["é🚀",null,1]}']);
    expect(Object.fromEntries(response.headers)).toEqual({
      allow: "GET",
      "cache-control": "no-store",
      "content-language": "en",
      "content-type": "application/json",
      vary: "Accept-Language, Cookie, Origin",
      "x-content-type-options": "nosniff",
      "x-frame-options": "deny",
    });
  });

  test.each([200, 204, 404])("of %d without a body has none, and no type", async (status) => {
    const response = answerResponse({ status }, {});
    expect([response.status, await response.text(), response.headers.get("content-type")]).toEqual([status, "", null]);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("content-length")).toBe(status === 204 ? null : "0");
  });

  test("may be null, false or an empty text, which are bodies", async () => {
    for (const body of [null, false, "", 0]) expect(await answerResponse({ status: 200, body }, {}).text()).toBe(JSON.stringify(body));
  });

  test("has its own headers before all others", () => {
    const headers = { "Content-Type": "text/x", Allow: "PUT", Link: "<x>" };
    const { headers: sent } = answerResponse({ status: 200, body: 1, headers }, { Allow: "GET" });
    expect([sent.get("content-type"), sent.get("allow"), sent.get("link")]).toEqual(["text/x", "PUT", "<x>"]);
  });
});

describe("answers to other origins (contract 16.5)", () => {
  test.each([
    ["https://x.test", "https://x.test"],
    ["null", "*"],
    [null, "*"],
  ])("from %s allow %s", (origin, allowed) => {
    expect(corsHeaders(origin, "GET, HEAD, OPTIONS")).toEqual({
      "Access-Control-Allow-Origin": allowed,
      "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
      "Access-Control-Allow-Headers":
        "X-Sentry-Auth, X-Requested-With, Origin, Accept, Content-Type, Authentication, Authorization, Content-Encoding, sentry-trace, baggage, X-CSRFToken",
      "Access-Control-Expose-Headers": "X-Sentry-Error, X-Sentry-Direct-Hit, X-Hits, X-Max-Hits, Endpoint, Retry-After, Link",
    });
  });

  test("may be asked for once an hour, and never with cookies", () => {
    expect(CORS_MAX_AGE).toBe("3600");
    expect(corsHeaders("https://x.test", "GET")).not.toHaveProperty("Access-Control-Allow-Credentials");
  });
});

describe("an answer is held against what its route declares", () => {
  const route: Pick<Route, "method" | "path" | "answers"> = {
    method: "GET",
    path: "/x/",
    answers: { 200: z.strictObject({ a: z.number() }), 204: null, 206: "bytes", 203: [z.number(), "bytes"] },
  };
  const check = (answer: Parameters<typeof checkAnswer>[1]) => () =>
    checkAnswer(
      {
        ...route,
        summary: "",
        scope: [],
        input: null,
        form: null,
        limits: { bytes: 0, elements: 0 },
        isPaged: false,
        repeatable: [],
        authorize() {
          throw new Error("not run");
        },
      },
      answer,
    );

  const bytes = ReadableStream.from([new Uint8Array()]);

  test.each([
    [{ status: 200, body: { a: 1 } }],
    [{ status: 204 }],
    [{ status: 206, bytes }],
    [{ status: 203, bytes }],
    [{ status: 203, body: 5 }],
  ])("%j is one", (answer) => {
    expect(check(answer)).not.toThrow();
  });

  test.each([
    [{ status: 201, body: {} }, "GET /x/ 201 is not declared"],
    [{ status: 204, body: {} }, "GET /x/ 204 declares no body, but has one"],
    [{ status: 200, body: { a: "1" } }, "GET /x/ 200 does not have the body it declares"],
    [{ status: 200, body: { a: 1, b: 1 } }, "GET /x/ 200 does not have the body it declares"],
    [{ status: 200 }, "GET /x/ 200 does not have the body it declares"],
    [{ status: 200, bytes }, "GET /x/ 200 has bytes, which it does not declare"],
    [{ status: 204, bytes }, "GET /x/ 204 has bytes, which it does not declare"],
    [{ status: 206 }, "GET /x/ 206 declares bytes, and has none"],
    [{ status: 203, body: "5" }, "GET /x/ 203 does not have the body it declares"],
  ])("%j is none", (answer, message) => {
    expect(check(answer)).toThrow(message);
  });
});

describe("what work answers", () => {
  const bugs: unknown[] = [];
  const options = { onBug: (error: unknown, requestId: string | null) => bugs.push([error, requestId]) };
  const request = (headers: Record<string, string> = {}) => new Request("http://landfall.test/", { headers });
  const run = (work: () => Promise<never> | Promise<{ status: number; body?: unknown }>, headers = {}) =>
    respond(request(headers), { allow: "GET, HEAD, OPTIONS", hasBody: true }, options, work);

  test("is told with the methods of the path, and to other origins only when one asks", async () => {
    const response = await run(() => Promise.resolve({ status: 200, body: 1 }));
    expect([response.headers.get("allow"), response.headers.get("access-control-allow-origin")]).toEqual(["GET, HEAD, OPTIONS", null]);
    const foreign = await run(() => Promise.resolve({ status: 200, body: 1 }), { origin: "https://x.test" });
    expect(foreign.headers.get("access-control-allow-origin")).toBe("https://x.test");
  });

  test("or fails with is told, when the caller may know", async () => {
    const response = await run(() => Promise.reject(new AppError("conflict", "no")));
    expect([response.status, await response.text(), bugs]).toEqual([409, '{"detail":"no"}', []]);
  });

  test("or fails with as a bug is a bare 500, reported with the request's id (contract 1.18)", async () => {
    const bug = new TypeError("secret");
    const response = await run(() => Promise.reject(bug), { "x-request-id": "r1" });
    expect([response.status, await response.text(), bugs]).toEqual([500, '{"detail":"Internal Error"}', [[bug, "r1"]]]);
  });
});

describe("a path that is no route (contract 1.2)", () => {
  const ask = (path: string, type?: string) =>
    answerUnknownPath(new Request(`http://landfall.test${path}`, { method: "POST", headers: type ? { "content-type": type } : {} }));

  test("is 404 with an empty body", async () => {
    const response = ask("/api/0/nope/?a=1");
    expect([response.status, await response.text(), response.headers.get("content-type")]).toEqual([404, "", null]);
  });

  test.each(["application/json", "application/json; charset=utf-8"])("without its slash gets a hint, in JSON for %s", async (type) => {
    const response = ask("/api/0/organizations/a%20b?x=1", type);
    expect([response.status, await response.json()]).toEqual([
      404,
      { info: "Route not found, did you forget a trailing slash? try: /api/0/organizations/a%20b/" },
    ]);
  });

  test.each([undefined, "text/plain", "text/html"])("without its slash gets a hint, in plain text for %s", async (type) => {
    const response = ask("/api/0/organizations/<b>", type);
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await response.text()).toContain("try: /api/0/organizations/%3Cb%3E/\n");
  });
});

test.each([
  ["bytes=0-", { start: 0, end: 10 }],
  ["bytes=0-0", { start: 0, end: 1 }],
  ["bytes=2-5", { start: 2, end: 6 }],
  ["bytes=9-9", { start: 9, end: 10 }],
  ["bytes=5-999", { start: 5, end: 10 }],
  ["bytes=-3", { start: 7, end: 10 }],
  ["bytes=-999", { start: 0, end: 10 }],
  [" bytes=1-2 ", { start: 1, end: 3 }],
  ["bytes=10-", "beyond"],
  ["bytes=10-12", "beyond"],
  ["bytes=-0", "beyond"],
  ["bytes=5-2", null],
  ["bytes=-", null],
  ["bytes=0-1,3-4", null],
  ["bytes=a-b", null],
  ["items=0-1", null],
  ["", null],
  [null, null],
])("of ten bytes, %j asks for %j", (header, expected) => expect(byteRange(header, 10)).toEqual(expected));

test("of no bytes there is no part", () => {
  expect([byteRange("bytes=0-", 0), byteRange("bytes=-5", 0)]).toEqual(["beyond", "beyond"]);
});

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

function source(...values: readonly string[]) {
  const seen: string[] = [];
  async function* bytes() {
    try {
      for (const value of values) {
        seen.push(value);
        yield text(value);
      }
    } finally {
      seen.push("closed");
    }
  }
  return { bytes: bytes(), seen };
}

test("bytes arrive in order", async () => {
  const { bytes, seen } = source("one ", "", "two");
  expect(await new Response(byteStream(bytes)).text()).toBe("one two");
  expect(seen).toEqual(["one ", "", "two", "closed"]);
});

test("nothing is opened for an answer without a body, such as one to HEAD", async () => {
  const { bytes, seen } = source("x");
  const response = new Response(byteStream(bytes));
  await response.body?.cancel();
  expect(seen).toEqual([]);
});

test("each part is read when it is asked for, and the rest not at all once nobody wants it", async () => {
  const { bytes, seen } = source("one", "two", "three");
  const reader = byteStream(bytes).getReader();
  expect(await reader.read()).toEqual({ done: false, value: text("one") });
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen).toEqual(["one"]);
  await reader.cancel();
  expect(seen).toEqual(["one", "closed"]);
});

test("what goes wrong in the middle breaks the answer off", async () => {
  async function* broken() {
    yield text("half");
    throw new Error("gone");
  }
  await expect(new Response(byteStream(broken())).text()).rejects.toThrow("gone");
});

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
