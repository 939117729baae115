import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { servedProcedures } from "../test/procedures.ts";
import { trpcHandler } from "./trpc-handler.ts";

let given: TestApp;
let token: string;
let handle: (request: Request) => Promise<Response>;
const bugs: { error: unknown; requestId: string | null }[] = [];

beforeAll(async () => {
  given = await createTestApp();
  await given.given.organization("acme");
  await given.given.project("acme", "web");
  await given.given.user("olga@acme.test", { organization: "acme", role: "owner" });
  token = await given.given.userToken("olga@acme.test", ["org:admin", "project:admin", "project:releases", "team:admin", "member:admin"]);
  handle = trpcHandler({ app: given.app, onBug: (error, requestId) => bugs.push({ error, requestId }) });
});
afterAll(() => given.close());

const headers = () => ({ authorization: `Bearer ${token}`, "content-type": "application/json" });

function get(path: string, input?: unknown): Promise<Response> {
  const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  return handle(new Request(`http://lf.test/api/trpc/${path}${query}`, { headers: headers() }));
}

function post(path: string, body: string, more: Record<string, string> = {}): Promise<Response> {
  const length = String(Buffer.byteLength(body));
  return handle(
    new Request(`http://lf.test/api/trpc/${path}`, { method: "POST", body, headers: { ...headers(), "content-length": length, ...more } }),
  );
}

describe("answers", () => {
  test("are never kept by caches or taken for another type", async () => {
    const response = await get("releases.list", { organization: "acme" });
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test.each([
    ["what is missing", () => get("releases.get", { organization: "acme", version: "none" }), 404, "NOT_FOUND", []],
    ["bad input", () => post("releases.create", '{"organization":"acme"}'), 400, "BAD_REQUEST", [["version"], ["projects"]]],
    ["no input", () => post("releases.create", ""), 400, "BAD_REQUEST", [["organization"]]],
    ["input of a wrong kind", () => post("releases.create", "[1]"), 400, "BAD_REQUEST", [[]]],
    ["a body that is no JSON", () => post("releases.create", "{"), 400, "BAD_REQUEST", []],
    ["an unknown procedure", () => get("releases.explode"), 404, "NOT_FOUND", []],
    ["a mutation sent as a query", () => get("releases.create", {}), 405, "METHOD_NOT_SUPPORTED", []],
  ])("tell %s", async (_, call, status, code, paths) => {
    const response = await call();
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as { error: { data: { code: string; issues: { path: unknown[] }[]; reason: null } } };
    expect(error.data).toMatchObject({ code, reason: null });
    expect(error.data.issues.map(({ path }) => path)).toEqual(paths);
    expect(error.data).not.toHaveProperty("stack");
  });

  test("are the same to a query in a body, for what is too long for an address", async () => {
    const response = await post("releases.list", '{"organization":"acme"}');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(await (await get("releases.list", { organization: "acme" })).json());
  });

  test("tell a token that is none, and one that is missing", async () => {
    const call = (authorization: Record<string, string>) =>
      handle(new Request("http://lf.test/api/trpc/releases.list?input=%7B%22organization%22%3A%22acme%22%7D", { headers: authorization }));
    expect((await call({ authorization: "Bearer nobody" })).status).toBe(401);
    expect((await call({})).status).toBe(401);
  });

  test("keep bugs to the log, with the request id", async () => {
    vi.spyOn(given.app, "contextOf").mockRejectedValueOnce(new Error("secret"));
    const response = await post("releases.delete", "{}", { "x-request-id": "r-1" });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret");
    expect(bugs.splice(0)).toEqual([{ error: expect.objectContaining({ message: "secret" }), requestId: "r-1" }]);
  });
});

describe("trouble of the database or a disk", () => {
  test.each([
    ["SQLITE_BUSY", 503, 2],
    ["SQLITE_FULL", 507, 60],
  ])("%s is %d with a time to wait, and reported with its cause", async (code, status, seconds) => {
    const cause = Object.assign(new Error("secret"), { code });
    vi.spyOn(given.app.store, "transaction").mockRejectedValueOnce(cause);
    const response = await post("releases.create", '{"organization":"acme","version":"1","projects":["web"]}', { "x-request-id": "r-1" });
    expect([response.status, response.headers.get("retry-after")]).toEqual([status, String(seconds)]);
    expect(await response.json()).toMatchObject({
      error: { data: { code: "SERVICE_UNAVAILABLE", httpStatus: status, retryAfter: seconds, reason: null } },
    });
    expect(bugs.splice(0)).toEqual([{ error: expect.objectContaining({ code: expect.any(String), cause }), requestId: "r-1" }]);
  });

  test("while somebody is authenticated is told in the same way", async () => {
    vi.spyOn(given.app, "contextOf").mockRejectedValueOnce(Object.assign(new Error("secret"), { code: "SQLITE_IOERR_READ" }));
    const response = await get("releases.list", { organization: "acme" });
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "30"]);
    expect(bugs.splice(0)).toHaveLength(1);
  });
});

describe("limits", () => {
  test("a body needs a length", async () => {
    const response = await handle(
      new Request("http://lf.test/api/trpc/releases.delete", { method: "POST", body: "{}", headers: headers() }),
    );
    expect(response.status).toBe(411);
  });

  test("a body beyond 32 MiB is not read", async () => {
    const read = vi.fn<() => void>();
    const body = new ReadableStream({ pull: read }, { highWaterMark: 0 });
    const init = { method: "POST", body, headers: { ...headers(), "content-length": "33554433" }, duplex: "half" as const };
    const response = await handle(new Request("http://lf.test/api/trpc/commits.report", init));
    expect(response.status).toBe(413);
    expect(read).not.toHaveBeenCalled();
  });

  test.each([
    [100, 404, 100],
    [101, 400, 1],
  ])("a batch of %i calls is answered with %i", async (size, status, answers) => {
    const calls = Array.from({ length: size }, () => "releases.get").join(",");
    const inputs = Object.fromEntries(Array.from({ length: size }, (_, index) => [index, { organization: "acme", version: "none" }]));
    const url = `http://lf.test/api/trpc/${calls}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`;
    const response = await handle(new Request(url, { headers: headers() }));
    expect(response.status).toBe(status);
    const answer: unknown = await response.json();
    expect(Array.isArray(answer) ? answer : [answer]).toHaveLength(answers);
    expect(bugs).toEqual([]);
  });
});

describe("no input makes a bug", () => {
  const paths = servedProcedures().map(({ path, type }): [string, string] => [path, type]);

  test.each(paths)("%s (%s)", async (path, type) => {
    const known = fc.record({
      organization: fc.constantFrom("acme", "1", "none"),
      version: fc.constantFrom("1.0", "latest", "a/b"),
      project: fc.constant("web"),
    });
    const anyInput = fc.oneof(
      fc.jsonValue(),
      fc.tuple(known, fc.dictionary(fc.string(), fc.jsonValue())).map(([at, more]) => ({ ...more, ...at })),
    );
    await fc.assert(
      fc.asyncProperty(anyInput, async (input) => {
        const response = type === "query" ? await get(path, input) : await post(path, JSON.stringify(input));
        expect(response.status).toBeLessThan(500);
      }),
      { numRuns: 25 },
    );
    expect(bugs).toEqual([]);
  });
});
