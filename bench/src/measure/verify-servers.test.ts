import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RequestPlan } from "../load/request-plan.ts";
import { loadSmallHistory } from "../seed/small-history.ts";
import { type DataDirectory, provisionDirectory } from "../servers/data-directory.ts";
import { measuredRequests } from "./requests.ts";
import { type ComparedResponse, compareStatements, difference, neutral, verifyServers } from "./verify-servers.ts";

describe("verify servers", () => {
  let data: DataDirectory;

  beforeAll(async () => {
    data = await provisionDirectory();
    loadSmallHistory(data);
  }, 60_000);
  afterAll(() => data.remove());

  /** Starts the real server and the baseline: a test of both. */
  describe("verifyServers", () => {
    it("finds that both return the same responses to all measured requests", { timeout: 60_000 }, async () => {
      await expect(verifyServers(data, measuredRequests(data))).resolves.toBeInstanceOf(Array);
    });

    it("detects a request that the baseline does not support", { timeout: 60_000 }, async () => {
      const plan: RequestPlan = {
        method: "GET",
        path: `/api/0/organizations/${data.organization}/`,
        token: data.token,
        first: 0,
        status: 404,
      };
      const request = { name: "something else", writes: false, isBudgeted: false, plan: { ...plan, path: "/api/0/nothing/" } };
      await expect(verifyServers(data, [request])).rejects.toThrow(
        "something else: the responses of the baseline and the application differ",
      );
    });
  });
});

const responseWith = (change: Partial<ComparedResponse> = {}): ComparedResponse => ({
  status: 200,
  headers: { "content-type": "application/json", date: "Mon, 23 Nov 2026 23:44:49 GMT", "x-request-id": "a", "content-length": "10" },
  body: '{"id":1,"version":"1.0","dateCreated":"2026-01-01T00:00:00Z"}',
  ...change,
});

describe("difference", () => {
  it.each<[string, Partial<ComparedResponse>]>([
    ["nothing", {}],
    ["numeric ids", { body: '{"id":22,"version":"1.0","dateCreated":"2026-01-01T00:00:00Z"}' }],
    ["ids in quotes", { body: '{"id":"7","version":"1.0","dateCreated":"2026-01-01T00:00:00Z"}' }],
    ["dates, with or without a fraction", { body: '{"id":1,"version":"1.0","dateCreated":"2031-12-31T23:59:59.123Z"}' }],
    [
      "the time, the length and the request's id",
      { headers: { "content-type": "application/json", date: "later", "x-request-id": "b", "content-length": "9" } },
    ],
  ])("ignores %s", (_, change) => {
    expect(difference(responseWith(), responseWith(change))).toBeNull();
  });

  it("ignores the URLs of the servers in headers and bodies", () => {
    const at = (origin: string) => responseWith({ headers: { link: `<${origin}/api/0/?cursor=1>; rel="next"` }, body: `["${origin}/x"]` });
    expect(difference(at("http://127.0.0.1:1"), at("http://127.0.0.1:54321"))).toBeNull();
    expect(difference(at("http://127.0.0.1:1"), at("http://localhost:2"))).toBeNull();
    expect(difference(at("http://127.0.0.1:1"), at("http://example.com:2"))).toContain("header link");
  });

  it.each<[string, Partial<ComparedResponse>, string]>([
    ["the status", { status: 201 }, "status 200 against 201"],
    [
      "a header's value",
      { headers: { ...responseWith().headers, "content-type": "text/plain" } },
      "header content-type: application/json against text/plain",
    ],
    ["a header too many", { headers: { ...responseWith().headers, allow: "GET" } }, "header allow: none against GET"],
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
    ["a value", { body: responseWith().body.replace("1.0", "1.1") }, "body at 21"],
    ["null for a date", { body: responseWith().body.replace(/"2026[^"]+"/, "null") }, "body at"],
    [
      "a field too many",
      { body: responseWith().body.replace("}", ',"ref":null}') },
      'against {"id":…,"version":"1.0","dateCreated":"…date…","ref":null}',
    ],
    ["nothing at all", { body: "" }, "against nothing"],
  ])("detects %s", (_, change, expected) => {
    expect(difference(responseWith(), responseWith(change))).toContain(expected);
  });

  it("detects a different order of fields", () => {
    expect(difference(responseWith({ body: '{"a":1,"b":2}' }), responseWith({ body: '{"b":2,"a":1}' }))).toContain("body at 2");
  });

  it("reports the position of a difference", () => {
    const digits = fc.stringMatching(/^[0-9]{1,5}$/);
    fc.assert(
      fc.property(digits, digits, (one, other) => {
        const [left, right] = [one, other].map((version) => responseWith({ body: JSON.stringify({ version }) }));
        if (!left || !right) throw new Error("unreachable");
        expect(difference(left, right) === null).toBe(one === other);
      }),
    );
  });
});

describe("neutral", () => {
  it("does not replace text that only resembles an id or a date", () => {
    const text = '{"commitId":5,"shortVersion":"2026-01-01","valid":"id:7","ids":[1]}';
    expect(neutral(text)).toBe(text);
  });
});

describe("compareStatements", () => {
  it.each([
    ["the same in the same order", ["a", "b"], ["a", "b"]],
    ["the same in another order", ["a", "b", "a"], ["a", "a", "b"]],
    ["transactions of their own", ["begin immediate", "savepoint unit", "a", "release unit", "commit"], ["BEGIN", "a", "COMMIT"]],
    ["nothing at all", [], []],
  ])("finds no difference in %s", (_, landfall, baseline) => {
    expect(compareStatements(landfall, baseline)).toBeNull();
  });

  it.each([
    ["one more", ["a", "b"], ["a"], ["b"], []],
    ["one less", ["a"], ["a", "b"], [], ["b"]],
    ["one more often", ["a", "a"], ["a"], ["a"], []],
    ["another text", ["select 1"], ["select 2"], ["select 1"], ["select 2"]],
    ["a table called like a keyword's beginning", ["committed"], [], ["committed"], []],
  ])("detects %s", (_, landfall, baseline, onlyLandfall, onlyBaseline) => {
    expect(compareStatements(landfall, baseline)).toEqual({ onlyLandfall, onlyBaseline });
  });

  it("is symmetric", () => {
    const statements = fc.array(fc.constantFrom("a", "b", "c", "commit"), { maxLength: 8 });
    fc.assert(
      fc.property(statements, statements, (one, other) => {
        const there = compareStatements(one, other);
        const back = compareStatements(other, one);
        expect(there && { onlyLandfall: there.onlyBaseline, onlyBaseline: there.onlyLandfall }).toEqual(back);
      }),
    );
  });
});
