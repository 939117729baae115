import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Answer, difference, neutral } from "./compare-answers.ts";

const answer = (change: Partial<Answer> = {}): Answer => ({
  status: 200,
  headers: { "content-type": "application/json", date: "Mon, 23 Nov 2026 23:44:49 GMT", "x-request-id": "a", "content-length": "10" },
  body: '{"id":1,"version":"1.0","dateCreated":"2026-01-01T00:00:00Z"}',
  ...change,
});

describe("difference", () => {
  it.each<[string, Partial<Answer>]>([
    ["nothing", {}],
    ["numeric ids", { body: '{"id":22,"version":"1.0","dateCreated":"2026-01-01T00:00:00Z"}' }],
    ["ids in quotes", { body: '{"id":"7","version":"1.0","dateCreated":"2026-01-01T00:00:00Z"}' }],
    ["dates, with or without a fraction", { body: '{"id":1,"version":"1.0","dateCreated":"2031-12-31T23:59:59.123Z"}' }],
    [
      "the time, the length and the request's id",
      { headers: { "content-type": "application/json", date: "later", "x-request-id": "b", "content-length": "9" } },
    ],
  ])("does not count %s", (_, change) => {
    expect(difference(answer(), answer(change))).toBeNull();
  });

  it("does not count the servers' own addresses, in headers and bodies", () => {
    const at = (origin: string) => answer({ headers: { link: `<${origin}/api/0/?cursor=1>; rel="next"` }, body: `["${origin}/x"]` });
    expect(difference(at("http://127.0.0.1:1"), at("http://127.0.0.1:54321"))).toBeNull();
    expect(difference(at("http://127.0.0.1:1"), at("http://localhost:2"))).toBeNull();
    expect(difference(at("http://127.0.0.1:1"), at("http://example.com:2"))).toContain("header link");
  });

  it.each<[string, Partial<Answer>, string]>([
    ["the status", { status: 201 }, "status 200 against 201"],
    [
      "a header's value",
      { headers: { ...answer().headers, "content-type": "text/plain" } },
      "header content-type: application/json against text/plain",
    ],
    ["a header too many", { headers: { ...answer().headers, allow: "GET" } }, "header allow: none against GET"],
    [
      "a header too few",
      { headers: { date: "x", "x-request-id": "a", "content-length": "1" } },
      "header content-type: application/json against none",
    ],
    [
      "even a free header that is missing",
      { headers: { "content-type": "application/json", date: "x", "content-length": "1" } },
      "header x-request-id: a against none",
    ],
    ["a value", { body: answer().body.replace("1.0", "1.1") }, "body at 21"],
    ["null for a date", { body: answer().body.replace(/"2026[^"]+"/, "null") }, "body at"],
    [
      "a field too many",
      { body: answer().body.replace("}", ',"ref":null}') },
      'against {"id":…,"version":"1.0","dateCreated":"…date…","ref":null}',
    ],
    ["nothing at all", { body: "" }, "against nothing"],
  ])("tells of %s", (_, change, expected) => {
    expect(difference(answer(), answer(change))).toContain(expected);
  });

  it("counts the order of fields", () => {
    expect(difference(answer({ body: '{"a":1,"b":2}' }), answer({ body: '{"b":2,"a":1}' }))).toContain("body at 2");
  });

  it("finds any change of a version, at its place", () => {
    const digits = fc.stringMatching(/^[0-9]{1,5}$/);
    fc.assert(
      fc.property(digits, digits, (one, other) => {
        const [left, right] = [one, other].map((version) => answer({ body: JSON.stringify({ version }) }));
        if (!left || !right) throw new Error("unreachable");
        expect(difference(left, right) === null).toBe(one === other);
      }),
    );
  });
});

describe("neutral", () => {
  it("leaves what only looks like an id or a date", () => {
    const text = '{"commitId":5,"shortVersion":"2026-01-01","valid":"id:7","ids":[1]}';
    expect(neutral(text)).toBe(text);
  });
});
