import { AppError } from "@landfall/core/app-error";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { answerResponse } from "./answer-response.ts";
import { checkAnswer } from "./check-answer.ts";
import { CORS_MAX_AGE, corsHeaders } from "./cors.ts";
import type { Route } from "./route.ts";
import { respond } from "./serve-route.ts";
import { answerUnknownPath } from "./unknown-path.ts";

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
        run: () => Promise.reject(new Error("not run")),
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
  /** The cast stands for an application, which work that is given needs none of. */
  const app = {} as Parameters<typeof respond>[2]["app"];
  const options = { app, onBug: (error: unknown, requestId: string | null) => bugs.push([error, requestId]) };
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
