import { AppError } from "@landfall/core/kernel/app-error";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { assertDeclared, respond, unknownPathResponse } from "../rest-handler.ts";
import { toResponse, byteRange, byteStream, CORS_MAX_AGE, corsHeaders, linkHeader, paged } from "./responses.ts";
import type { Route } from "./route.ts";

describe("a response (contract 1.10)", () => {
  test("is compact JSON without escapes and may not be cached", async () => {
    const response = toResponse({ status: 201, body: { a: ["é🚀", null, 1] } }, { Allow: "GET" });
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

  test.each([200, 204, 404])("with status %d and no body is empty and has no content type", async (status) => {
    const response = toResponse({ status }, {});
    expect([response.status, await response.text(), response.headers.get("content-type")]).toEqual([status, "", null]);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("content-length")).toBe(status === 204 ? null : "0");
  });

  test('may have the body null, false or ""', async () => {
    for (const body of [null, false, "", 0]) expect(await toResponse({ status: 200, body }, {}).text()).toBe(JSON.stringify(body));
  });

  test("its own headers override the common ones", () => {
    const headers = { "Content-Type": "text/x", Allow: "PUT", Link: "<x>" };
    const { headers: sent } = toResponse({ status: 200, body: 1, headers }, { Allow: "GET" });
    expect([sent.get("content-type"), sent.get("allow"), sent.get("link")]).toEqual(["text/x", "PUT", "<x>"]);
  });
});

describe("CORS headers (contract 16.5)", () => {
  test.each([
    ["https://x.test", "https://x.test"],
    ["null", "*"],
    [null, "*"],
  ])("for the origin %s allow %s", (origin, allowed) => {
    expect(corsHeaders(origin, "GET, HEAD, OPTIONS")).toEqual({
      "Access-Control-Allow-Origin": allowed,
      "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
      "Access-Control-Allow-Headers":
        "X-Sentry-Auth, X-Requested-With, Origin, Accept, Content-Type, Authentication, Authorization, Content-Encoding, sentry-trace, baggage, X-CSRFToken",
      "Access-Control-Expose-Headers": "X-Sentry-Error, X-Sentry-Direct-Hit, X-Hits, X-Max-Hits, Endpoint, Retry-After, Link",
    });
  });

  test("are cached for one hour and never allow credentials", () => {
    expect(CORS_MAX_AGE).toBe("3600");
    expect(corsHeaders("https://x.test", "GET")).not.toHaveProperty("Access-Control-Allow-Credentials");
  });
});

describe("a response is validated against the declaration of its route", () => {
  const route: Pick<Route, "method" | "path" | "responses"> = {
    method: "GET",
    path: "/x/",
    responses: { 200: z.strictObject({ a: z.number() }), 204: null, 206: "bytes", 203: [z.number(), "bytes"] },
  };
  const check = (response: Parameters<typeof assertDeclared>[1]) => () =>
    assertDeclared(
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
      response,
    );

  const bytes = ReadableStream.from([new Uint8Array()]);

  test.each([
    [{ status: 200, body: { a: 1 } }],
    [{ status: 204 }],
    [{ status: 206, bytes }],
    [{ status: 203, bytes }],
    [{ status: 203, body: 5 }],
  ])("%j is valid", (response) => {
    expect(check(response)).not.toThrow();
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
  ])("%j is invalid", (response, message) => {
    expect(check(response)).toThrow(message);
  });
});

describe("the response of a route", () => {
  const bugs: unknown[] = [];
  const options = { onBug: (error: unknown, requestId: string | null) => bugs.push([error, requestId]) };
  const request = (headers: Record<string, string> = {}) => new Request("http://landfall.test/", { headers });
  const run = (work: () => Promise<never> | Promise<{ status: number; body?: unknown }>, headers = {}) =>
    respond(request(headers), { allow: "GET, HEAD, OPTIONS", hasBody: true }, options, work);

  test("has the methods of the path, and CORS headers if the request has an origin", async () => {
    const response = await run(() => Promise.resolve({ status: 200, body: 1 }));
    expect([response.headers.get("allow"), response.headers.get("access-control-allow-origin")]).toEqual(["GET, HEAD, OPTIONS", null]);
    const foreign = await run(() => Promise.resolve({ status: 200, body: 1 }), { origin: "https://x.test" });
    expect(foreign.headers.get("access-control-allow-origin")).toBe("https://x.test");
  });

  test("is the error, if the caller may see it", async () => {
    const response = await run(() => Promise.reject(new AppError("conflict", "no")));
    expect([response.status, await response.text(), bugs]).toEqual([409, '{"detail":"no"}', []]);
  });

  test("is a 500 without details for a bug, which is reported with the request id (contract 1.18)", async () => {
    const bug = new TypeError("secret");
    const response = await run(() => Promise.reject(bug), { "x-request-id": "r1" });
    expect([response.status, await response.text(), bugs]).toEqual([500, '{"detail":"Internal Error"}', [[bug, "r1"]]]);
  });
});

describe("a path without a route (contract 1.2)", () => {
  const request = (path: string, type?: string) =>
    unknownPathResponse(new Request(`http://landfall.test${path}`, { method: "POST", headers: type ? { "content-type": type } : {} }));

  test("is 404 with an empty body", async () => {
    const response = request("/api/0/nope/?a=1");
    expect([response.status, await response.text(), response.headers.get("content-type")]).toEqual([404, "", null]);
  });

  test.each(["application/json", "application/json; charset=utf-8"])(
    "has a hint in JSON if the slash is missing and the type is %s",
    async (type) => {
      const response = request("/api/0/organizations/a%20b?x=1", type);
      expect([response.status, await response.json()]).toEqual([
        404,
        { info: "Route not found, did you forget a trailing slash? try: /api/0/organizations/a%20b/" },
      ]);
    },
  );

  test.each([undefined, "text/plain", "text/html"])("has a hint in plain text if the slash is missing and the type is %s", async (type) => {
    const response = request("/api/0/organizations/<b>", type);
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
])("the range %j of ten bytes is %j", (header, expected) => expect(byteRange(header, 10)).toEqual(expected));

test("an empty file has no ranges", () => {
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

test("bytes are streamed in order", async () => {
  const { bytes, seen } = source("one ", "", "two");
  expect(await new Response(byteStream(bytes)).text()).toBe("one two");
  expect(seen).toEqual(["one ", "", "two", "closed"]);
});

test("bytes are not read for a response without a body, such as one to HEAD", async () => {
  const { bytes, seen } = source("x");
  const response = new Response(byteStream(bytes));
  await response.body?.cancel();
  expect(seen).toEqual([]);
});

test("bytes are read on demand, and no further after the client has disconnected", async () => {
  const { bytes, seen } = source("one", "two", "three");
  const reader = byteStream(bytes).getReader();
  expect(await reader.read()).toEqual({ done: false, value: text("one") });
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen).toEqual(["one"]);
  await reader.cancel();
  expect(seen).toEqual(["one", "closed"]);
});

test("an error while streaming aborts the response", async () => {
  async function* broken() {
    yield text("half");
    throw new Error("read failed");
  }
  await expect(new Response(byteStream(broken())).text()).rejects.toThrow("read failed");
});

const page = { items: [], previous: { cursor: "2:0:1", hasResults: true }, next: { cursor: "2:2:0", hasResults: false } };
const AT = "http://landfall.test/api/0/organizations/acme/releases/";

/** The header parsed as clients do: relation → [URL, results, cursor]. */
function relations(header: string | null): Record<string, unknown> {
  const parts = (header ?? "")
    .split(/, (?=<)/)
    .map((part) => /^<([^<>]*)>; rel="(\w+)"; results="(true|false)"; cursor="([\d:-]+)"$/.exec(part));
  return Object.fromEntries(parts.map((part) => [part?.[2] ?? "unreadable", part ? [part[1], part[3], part[4]] : part]));
}

describe("the Link header (contract 15.4)", () => {
  test("has the previous and the next page, and whether each has results", () => {
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
    [
      "characters that would end the URL or the header",
      'query=<a>"b, c"é|\u{1f680}',
      "?query=%3Ca%3E%22b,%20c%22%C3%A9%7C%F0%9F%9A%80&cursor=",
    ],
  ])("keeps %s", (_, search, kept) => {
    expect(relations(linkHeader(AT, search, page))).toMatchObject({ next: [`${AT}${kept}2:2:0`, "false", "2:2:0"] });
  });

  test("keeps the path as sent, with any characters", () => {
    const path = "/api/0/organizations/acme/releases/web@1.0%2Bb 1\r\nSet-Cookie: x/";
    expect(relations(linkHeader(path, "", page))).toMatchObject({
      previous: ["/api/0/organizations/acme/releases/web@1.0%2Bb%201%0D%0ASet-Cookie:%20x/?&cursor=2:0:1", "true", "2:0:1"],
    });
  });

  test("is omitted if there are no pages", () => {
    expect(linkHeader(AT, "", { items: [], previous: null, next: null })).toBeNull();
  });

  test("can be parsed and is a valid header for any path and query", () => {
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

describe("the response of a page", () => {
  /** The parts of an exchange that `paged` uses. The cast is safe since it reads nothing else; the rest would need an application. */
  const exchange = { context: { origin: "http://landfall.test" }, path: "/api/0/x/", search: "a=1" } as Parameters<typeof paged>[1];

  test("has its items, and the Link header with the server's public URL", () => {
    const response = paged({ ...page, items: [1, 2] }, exchange);
    expect(response).toMatchObject({ status: 200, body: [1, 2] });
    expect(response.headers?.["Link"]).toContain("<http://landfall.test/api/0/x/?a=1&cursor=2:2:0>");
  });

  test("has no header when there are no pages", () => {
    expect(paged({ items: [], previous: null, next: null }, exchange)).toEqual({ status: 200, body: [] });
  });
});
