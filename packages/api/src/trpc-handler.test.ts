import { createBodyBudget } from "@landfall/core/kernel/request-body";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { appRouter } from "./app-router.ts";
import { proceduresOf } from "./trpc.ts";
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

describe("responses", () => {
  test("errors name what is missing instead of the wire's texts", async () => {
    const response = await get("board.get", { organization: "acme", project: ["wbe"] });
    expect([response.status, await response.json()]).toMatchObject([
      403,
      { error: { message: 'No project "wbe" in acme, or you do not have access to it. Existing projects: web.' } },
    ]);
  });

  test("may not be cached, or used as another type", async () => {
    const response = await get("releases.list", { organization: "acme" });
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test.each([
    ["a missing object", () => get("releases.get", { organization: "acme", version: "none" }), 404, "NOT_FOUND", []],
    ["bad input", () => post("releases.create", '{"organization":"acme"}'), 400, "BAD_REQUEST", [["version"], ["projects"]]],
    ["no input", () => post("releases.create", ""), 400, "BAD_REQUEST", [["organization"]]],
    ["input of the wrong type", () => post("releases.create", "[1]"), 400, "BAD_REQUEST", [[]]],
    ["a body that is not JSON", () => post("releases.create", "{"), 400, "BAD_REQUEST", []],
    ["an unknown procedure", () => get("releases.explode"), 404, "NOT_FOUND", []],
    ["a mutation sent as a query", () => get("releases.create", {}), 405, "METHOD_NOT_SUPPORTED", []],
  ])("report %s", async (_, call, status, code, paths) => {
    const response = await call();
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as { error: { data: { code: string; issues: { path: unknown[] }[]; reason: null } } };
    expect(error.data).toMatchObject({ code, reason: null });
    expect(error.data.issues.map(({ path }) => path)).toEqual(paths);
    expect(error.data).not.toHaveProperty("stack");
  });

  test("are the same for a query with its input in the body, which may be too long for a URL", async () => {
    const response = await post("releases.list", '{"organization":"acme"}');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(await (await get("releases.list", { organization: "acme" })).json());
  });

  test("report an invalid token and a missing one", async () => {
    const call = (authorization: Record<string, string>) =>
      handle(new Request("http://lf.test/api/trpc/releases.list?input=%7B%22organization%22%3A%22acme%22%7D", { headers: authorization }));
    expect((await call({ authorization: "Bearer invalid" })).status).toBe(401);
    expect((await call({})).status).toBe(401);
  });

  test("have no details of bugs, which are logged with the request id", async () => {
    vi.spyOn(given.app, "contextOf").mockRejectedValueOnce(new Error("secret"));
    const response = await post("releases.delete", "{}", { "x-request-id": "r-1" });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret");
    expect(bugs.splice(0)).toEqual([{ error: expect.objectContaining({ message: "secret" }), requestId: "r-1" }]);
  });
});

describe("a failure of the database or a disk", () => {
  test.each([
    ["SQLITE_BUSY", 503, 2],
    ["SQLITE_FULL", 507, 60],
  ])("%s is %d with Retry-After, and is reported with its cause", async (code, status, seconds) => {
    const cause = Object.assign(new Error("secret"), { code });
    vi.spyOn(given.app.store, "transaction").mockRejectedValueOnce(cause);
    const response = await post("releases.create", '{"organization":"acme","version":"1","projects":["web"]}', { "x-request-id": "r-1" });
    expect([response.status, response.headers.get("retry-after")]).toEqual([status, String(seconds)]);
    expect(await response.json()).toMatchObject({
      error: { data: { code: "SERVICE_UNAVAILABLE", httpStatus: status, retryAfter: seconds, reason: null } },
    });
    expect(bugs.splice(0)).toEqual([{ error: expect.objectContaining({ code: expect.any(String), cause }), requestId: "r-1" }]);
  });

  test("during authentication has the same response", async () => {
    vi.spyOn(given.app, "contextOf").mockRejectedValueOnce(Object.assign(new Error("secret"), { code: "SQLITE_IOERR_READ" }));
    const response = await get("releases.list", { organization: "acme" });
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "30"]);
    expect(bugs.splice(0)).toHaveLength(1);
  });
});

describe("limits", () => {
  /** A body of a declared length, and how many of its parts were requested. */
  function unread(path: string, length: number, more: Record<string, string>) {
    const read = vi.fn<() => void>();
    const body = new ReadableStream({ pull: read }, { highWaterMark: 0 });
    const sent = { "content-type": "application/json", "content-length": String(length), ...more };
    const init = { method: "POST", body, headers: sent, duplex: "half" as const };
    return { response: handle(new Request(`http://lf.test/api/trpc/${path}`, init)), read };
  }
  const bearer = (text: string) => ({ authorization: `Bearer ${text}` });

  test("a body needs a length", async () => {
    const response = await handle(
      new Request("http://lf.test/api/trpc/releases.delete", { method: "POST", body: "{}", headers: headers() }),
    );
    expect(response.status).toBe(411);
  });

  test.each(["multipart/form-data; boundary=x", "application/octet-stream", "text/plain"])(
    "a body is JSON: %s is not read",
    async (type) => {
      const { response, read } = unread("commits.report", 10, { ...bearer(token), "content-type": type });
      expect((await response).status).toBe(415);
      expect(read).not.toHaveBeenCalled();
    },
  );

  test.each([
    ["the limit of its procedure", "commits.report", 33_554_433],
    ["1 MiB for most", "deploys.create", 1_048_577],
    ["16 KiB without credentials", "me.whoAmI", 16_385],
    ["16 KiB for an unknown procedure", "releases.explode", 16_385],
    ["the highest limit in a batch", "deploys.create,commits.report?batch=1", 33_554_433],
    ["the highest limit in a batch of others", "deploys.create,me.whoAmI?batch=1", 1_048_577],
  ])("a body beyond %s is not read", async (_, path, length) => {
    const { response, read } = unread(path, length, bearer(token));
    expect((await response).status).toBe(413);
    expect(read).not.toHaveBeenCalled();
  });

  test("a body up to the limit of its procedure is read", async () => {
    const body = JSON.stringify({ organization: "none", version: "1", padding: "x".repeat(1_048_500) });
    expect((await post("deploys.create,commits.report?batch=1", `{"1":${body}}`)).status).toBe(207);
    expect((await post("deploys.create", body)).status).toBe(404);
  });

  test("a body with more elements than the limit of its procedure is rejected", async () => {
    const body = (elements: number) =>
      JSON.stringify({ organization: "none", version: "1", projects: Array.from({ length: elements }, () => "a") });
    const response = await post("deploys.create", body(10_001));
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining("elements")]);
    expect((await post("deploys.create", body(9_999))).status).toBe(404);
  });

  test.each([
    ["no credentials", {}, 16_385],
    ["a bad token", bearer("invalid"), 100],
  ])("with %s a body is not read", async (_, more, length) => {
    const { response, read } = unread("commits.report", length, more);
    expect((await response).status).toBe(401);
    expect(read).not.toHaveBeenCalled();
  });

  test("incomplete bodies beyond the budget of their network address are rejected with 503", async () => {
    const bodies = createBodyBudget({ perClient: 1_000_000, total: 2_000_000 });
    const bounded = trpcHandler({ app: { ...given.app, bodies }, onBug: (error, requestId) => bugs.push({ error, requestId }) });
    const budget = bodies.open("");
    budget.reserve(950_000);
    const send = () => {
      const body = JSON.stringify({ organization: "none", version: "1", padding: "x".repeat(100_000) });
      return bounded(
        new Request("http://lf.test/api/trpc/deploys.create", {
          method: "POST",
          body,
          headers: { ...headers(), "content-length": String(body.length) },
        }),
      );
    };
    const response = await send();
    expect([response.status, await response.json()]).toEqual([
      503,
      expect.objectContaining({ error: expect.objectContaining({ data: expect.objectContaining({ reason: "body_budget" }) }) }),
    ]);
    budget.release();
    expect((await send()).status).toBe(404);
    expect(bugs).toEqual([]);
  });

  test.each([
    [100, 404, 100],
    [101, 400, 1],
  ])("a batch of %i calls returns %i", async (size, status, results) => {
    const calls = Array.from({ length: size }, () => "releases.get").join(",");
    const inputs = Object.fromEntries(Array.from({ length: size }, (_, index) => [index, { organization: "acme", version: "none" }]));
    const url = `http://lf.test/api/trpc/${calls}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`;
    const response = await handle(new Request(url, { headers: headers() }));
    expect(response.status).toBe(status);
    const body: unknown = await response.json();
    expect(Array.isArray(body) ? body : [body]).toHaveLength(results);
    expect(bugs).toEqual([]);
  });
});

describe("no input causes a bug", () => {
  const paths = proceduresOf(appRouter).map(({ path, type }): [string, string] => [path, type]);

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
