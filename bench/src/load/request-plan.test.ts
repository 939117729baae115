import { describe, expect, it } from "vitest";
import { numberAt, numbered, type RequestPlan, requestBytes } from "./request-plan.ts";

const plan: RequestPlan = { method: "POST", path: "/a/{n}/b/{n}", body: '{"é":"{n}"}', token: "t0", first: 7, status: 201 };

describe("numberAt", () => {
  it("counts up from `first`", () => {
    expect([0, 1, 5].map((index) => numberAt(plan, index))).toEqual([7, 8, 12]);
  });

  it("repeats after `count`", () => {
    expect([0, 1, 2, 3, 4].map((index) => numberAt({ ...plan, count: 3 }, index))).toEqual([7, 8, 9, 7, 8]);
  });
});

describe("numbered", () => {
  it("replaces the number in path and body", () => {
    expect(numbered(plan, 3)).toEqual({ path: "/a/3/b/3", body: '{"é":"3"}' });
  });

  it("does not change a path without a number, and no body", () => {
    const { body: _none, ...get } = plan;
    expect(numbered({ ...get, path: "/a/?x={m}" }, 3)).toEqual({ path: "/a/?x={m}", body: undefined });
  });
});

describe("requestBytes", () => {
  it("is a complete request with its length in bytes", () => {
    expect(requestBytes(plan, 3, 80).toString()).toBe(
      [
        "POST /a/3/b/3 HTTP/1.1",
        "host: 127.0.0.1:80",
        "user-agent: bench",
        "authorization: Bearer t0",
        "content-type: application/json",
        "content-length: 10",
        "",
        '{"é":"3"}',
      ].join("\r\n"),
    );
  });

  it("has nothing after its head without a body", () => {
    const { body: _none, ...get } = plan;
    const text = requestBytes({ ...get, method: "GET" }, 3, 80).toString();
    expect(text.endsWith("authorization: Bearer t0\r\n\r\n")).toBe(true);
    expect(text).not.toContain("content-length");
  });
});
