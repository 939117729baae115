import type { ReleaseView } from "@landfall/schema/releases/releases";
import { SCOPES } from "@landfall/schema/scope";
import { serveFetch } from "@landfall/testing/network/serve-fetch";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import { serveApp, type ServedApp } from "../test/serve-app.ts";
import { createClient, type Inputs, type LandfallClient, type NewCommit, type Outputs, type Release, walkPages } from "./create-client.ts";
import { isLandfallError, type LandfallError } from "./landfall-error.ts";

describe("create client", () => {
  let app: ServedApp;
  let client: LandfallClient;
  const noWait = { wait: async () => {} };

  beforeAll(async () => {
    app = await serveApp();
    client = createClient({ url: app.url, token: app.token, retry: noWait });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  beforeEach(() => {
    app.intercept = () => null;
  });

  const failure = async (call: Promise<unknown>): Promise<LandfallError> => {
    const error: unknown = await call.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!isLandfallError(error)) throw new Error(`expected a LandfallError, got ${String(error)}`);
    return error;
  };

  /** The number of requests that the server received during `work`. */
  async function requestsOf(work: () => Promise<unknown>) {
    const before = app.server.requests.length;
    await work();
    return app.server.requests.slice(before);
  }

  describe("calls", () => {
    test("writes and reads", async () => {
      const { release, created } = await client.releases.create.mutate({ organization: "acme", version: "calls-1", projects: ["web"] });
      expect(created).toBe(true);
      const read = await client.releases.get.query({ organization: "acme", version: "calls-1" });
      expect(read).toEqual(release);
      expect(read.userAgent).toBe("landfall-client");
    });

    test("sends the user agent", async () => {
      const custom = createClient({ url: `${app.url}//`, token: app.token, userAgent: "billing/3" });
      const [request] = await requestsOf(() => custom.releases.list.query({ organization: "acme" }));
      expect(request).toMatchObject({ method: "GET", headers: { authorization: `Bearer ${app.token}`, "user-agent": "billing/3" } });
      expect(request?.url).toMatch(/^\/api\/trpc\/releases\.list\?/);
    });

    test("sends no credentials without a token", async () => {
      const error = await failure(createClient({ url: app.url }).releases.list.query({ organization: "acme" }));
      expect(error).toMatchObject({ code: "unauthenticated", status: 401, message: "Authentication credentials were not provided." });
      expect(app.server.requests.at(-1)?.headers.authorization).toBeUndefined();
    });
  });

  describe("long queries", () => {
    test("are sent in a body, each in a separate request, and are retried like others", async () => {
      const stack = `Error: long \u20ac\n${"    at pay (https://shop.test/app.js:1:2)\n".repeat(400)}`;
      let failures = 1;
      app.intercept = () => (failures-- > 0 ? new Response("", { status: 503 }) : null);
      const owner = await app.test.given
        .user("long@acme.test", { organization: "acme", role: "owner" })
        .then(() => app.test.given.userToken("long@acme.test", SCOPES));
      const asking = createClient({ url: app.url, token: owner, retry: noWait });
      const requests = await requestsOf(async () => {
        const { lines, frames } = await asking.artifacts.resolveStack.query({ organization: "acme", project: "web", stack });
        expect(lines.map(({ text }) => text).join("\n")).toBe(stack);
        expect(frames).toBe(400);
      });
      expect(requests.map(({ method, url }) => [method, url])).toEqual([
        ["POST", "/api/trpc/artifacts.resolveStack"],
        ["POST", "/api/trpc/artifacts.resolveStack"],
      ]);
    });
  });

  describe("batches", () => {
    test("send calls of one tick in one request", async () => {
      const versions = Array.from({ length: 20 }, (_, index) => `batch-${index}`);
      const posts = await requestsOf(() =>
        Promise.all(versions.map((version) => client.releases.create.mutate({ organization: "acme", version, projects: ["web"] }))),
      );
      expect(posts.map(({ method }) => method)).toEqual(["POST"]);
      const gets = await requestsOf(() =>
        Promise.all(versions.map((version) => client.releases.get.query({ organization: "acme", version }))),
      );
      expect(gets.map(({ method }) => method)).toEqual(["GET"]);
    });

    test("are split at the limits of the server", async () => {
      const requests = await requestsOf(() =>
        Promise.allSettled(Array.from({ length: 150 }, () => client.releases.delete.mutate({ organization: "acme", version: "none" }))),
      );
      expect(requests).toHaveLength(2);
      const long = await requestsOf(() =>
        Promise.allSettled(
          Array.from({ length: 10 }, (_, index) =>
            client.releases.list.query({ organization: "acme", query: `${index}${"x".repeat(2_000)}` }),
          ),
        ),
      );
      expect(long.length).toBeGreaterThan(1);
      for (const { url } of long) expect(url.length).toBeLessThan(8_200);
    });

    test("are not affected by the failure of one call", async () => {
      const [good, bad] = await Promise.allSettled([
        client.releases.create.mutate({ organization: "acme", version: "mixed", projects: ["web"] }),
        client.releases.create.mutate({ organization: "acme", version: "bad/version", projects: ["web"] }),
      ]);
      expect(good.status).toBe("fulfilled");
      expect(bad).toMatchObject({ status: "rejected", reason: { code: "invalid" } });
    });
  });

  describe("errors", () => {
    test("list all invalid fields", async () => {
      const error = await failure(
        client.releases.create.mutate({ organization: "acme", version: "", projects: ["web"], commits: [{ id: "" }] }),
      );
      expect(error).toMatchObject({
        code: "invalid",
        status: 400,
        issues: [
          { path: ["version"], message: "This field may not be blank." },
          { path: ["commits", 0, "id"], message: "This field may not be blank." },
        ],
      });
    });

    test.each([
      ["not_found", 404, () => client.releases.get.query({ organization: "acme", version: "none" })],
      ["not_found", 404, () => client.releases.get.query({ organization: "unknown", version: "none" })],
      [
        "unauthenticated",
        401,
        () => createClient({ url: app.url, token: `sntryu_${"0".repeat(64)}` }).releases.list.query({ organization: "acme" }),
      ],
      ["forbidden", 403, () => client.releases.delete.mutate({ organization: "acme", version: "calls-1" })],
    ])("%s (%i)", async (code, status, call) => {
      expect(await failure(call())).toMatchObject({ code, status });
    });

    test("have the reason and the request id", async () => {
      await client.releases.create.mutate({ organization: "acme", version: "reason", projects: ["web"] });
      app.intercept = () => null;
      const error = await failure(
        client.deploys.create.mutate({ organization: "acme", version: "reason", environment: "p", projects: ["api"] }),
      );
      expect(error).toMatchObject({ code: "invalid", reason: "parameter-validation-error", requestId: null });
      const shape = { message: "busy", code: -32_009, data: { code: "CONFLICT", httpStatus: 409, path: "x", issues: [], reason: null } };
      app.intercept = () => Response.json([{ error: shape }], { status: 409, headers: { "x-request-id": "req-7" } });
      expect(await failure(client.releases.delete.mutate({ organization: "acme", version: "reason" }))).toMatchObject({
        code: "conflict",
        requestId: "req-7",
      });
    });

    test("hide the message of an unexpected server error", async () => {
      vi.spyOn(app.test.app, "contextOf").mockRejectedValueOnce(new Error("secret detail"));
      const error = await failure(client.releases.list.query({ organization: "acme" }));
      expect(error).toMatchObject({ code: "internal", status: 500, message: "Internal Error" });
      expect(app.bugs).toEqual([expect.objectContaining({ message: "secret detail" })]);
    });

    test("report an unreachable server", async () => {
      const away = await serveFetch(async () => new Response());
      await away.close();
      const error = await failure(createClient({ url: away.url, token: "t", retry: noWait }).releases.list.query({ organization: "acme" }));
      expect(error).toMatchObject({ code: "network", status: null, message: `Cannot reach ${away.url}: connection refused.` });
    });

    test.each(["", "landfall.test", "ftp://landfall.test", "/api"])("reject the URL %j", (url) => {
      expect(() => createClient({ url })).toThrow(expect.objectContaining({ code: "invalid" }));
    });

    test.each(["", "a b", "abc\n", "sécret"])("reject the token %j without printing it", (token) => {
      const attempt = () => createClient({ url: app.url, token });
      expect(attempt).toThrow(expect.objectContaining({ code: "invalid" }));
      if (token !== "") expect(attempt).not.toThrow(token);
    });
  });

  describe("retries", () => {
    /** Responds to the first `count` requests itself, like a proxy of an unreachable server. */
    function failFirst(count: number, status: number): void {
      let left = count;
      app.intercept = () => (left-- > 0 ? new Response("<html>", { status }) : null);
    }

    test.each([429, 502, 503, 504])("a query is retried after %i", async (status) => {
      failFirst(2, status);
      const requests = await requestsOf(() => client.releases.list.query({ organization: "acme" }));
      expect(requests).toHaveLength(3);
    });

    test("the failed calls of a batch are retried together", async () => {
      failFirst(1, 503);
      const requests = await requestsOf(() =>
        Promise.all(["a", "b"].map((query) => client.releases.list.query({ organization: "acme", query }))),
      );
      expect(requests).toHaveLength(2);
    });

    test.each([429, 502, 503, 504])("a mutation is not retried after %i", async (status) => {
      failFirst(1, status);
      const version = `once-${status}`;
      const requests = await requestsOf(async () => {
        await failure(client.releases.create.mutate({ organization: "acme", version, projects: ["web"] }));
      });
      expect(requests).toHaveLength(1);
      expect(await failure(client.releases.get.query({ organization: "acme", version }))).toMatchObject({ code: "not_found" });
    });

    test.each([400, 401, 403, 404, 500])("a query is not retried after %i", async (status) => {
      failFirst(1, status);
      const requests = await requestsOf(async () => void (await failure(client.releases.list.query({ organization: "acme" }))));
      expect(requests).toHaveLength(1);
    });

    test("stop after the last retry", async () => {
      failFirst(100, 503);
      const requests = await requestsOf(async () => {
        expect(await failure(client.releases.list.query({ organization: "acme" }))).toMatchObject({ code: "unavailable", status: 503 });
      });
      expect(requests).toHaveLength(6);
    });
  });

  describe("abort", () => {
    test("before the call sends nothing", async () => {
      const requests = await requestsOf(async () => {
        const error = await failure(client.releases.list.query({ organization: "acme" }, { signal: AbortSignal.abort() }));
        expect(error.code).toBe("aborted");
      });
      expect(requests).toEqual([]);
    });

    test("of one call does not affect others in its batch", async () => {
      const controller = new AbortController();
      let arrived = () => {};
      let release = () => {};
      const arrival = new Promise<void>((resolve) => void (arrived = resolve));
      const blocked = new Promise<null>((resolve) => void (release = () => resolve(null)));
      app.intercept = () => {
        arrived();
        return blocked;
      };
      const aborted = client.releases.list.query({ organization: "acme" }, { signal: controller.signal });
      const other = client.releases.list.query({ organization: "acme" });
      await arrival;
      controller.abort();
      expect(await failure(aborted)).toMatchObject({ code: "aborted" });
      release();
      await expect(other).resolves.toHaveProperty("items");
    });
  });
});

describe("types", () => {
  test("inputs contain path parameters and body in one object", () => {
    expectTypeOf<Inputs["releases"]["get"]>().toExtend<{ organization: string; version: string }>();
    expectTypeOf<Inputs["releases"]["create"]["status"]>().toEqualTypeOf<"open" | "archived" | undefined>();
    expectTypeOf<Inputs["releases"]["delete"]>().toEqualTypeOf<{ organization: string; version: string }>();
  });

  test("outputs are the views", () => {
    expectTypeOf<Outputs["releases"]["get"]>().toEqualTypeOf<ReleaseView>();
    expectTypeOf<Outputs["releases"]["previousWithCommits"]>().toEqualTypeOf<ReleaseView | null>();
    expectTypeOf<Release>().toEqualTypeOf<ReleaseView>();
  });

  test("a commit requires only its hash, and accepts Date values", () => {
    expectTypeOf<{ id: string }>().toExtend<NewCommit>();
    expectTypeOf<{ id: string; timestamp: Date }>().toExtend<NewCommit>();
    expectTypeOf<{ message: string }>().not.toExtend<NewCommit>();
    expectTypeOf<{ id: string; patch_set: { path: string; type: "R" }[] }>().not.toExtend<NewCommit>();
  });

  test("the client has exactly the operations", () => {
    expectTypeOf<LandfallClient>().toHaveProperty("releases");
    expectTypeOf<LandfallClient["releases"]>().toHaveProperty("create");
    expectTypeOf<LandfallClient["releases"]>().not.toHaveProperty("explode");
    expectTypeOf<LandfallClient["releases"]["get"]>().toHaveProperty("query");
    expectTypeOf<LandfallClient["releases"]["get"]>().not.toHaveProperty("mutate");
    expectTypeOf<LandfallClient["releases"]["create"]>().not.toHaveProperty("query");
  });
});

/** A list that is served `size` items at a time, and the cursors of the requested pages. */
function paged<T>(items: readonly T[], size: number) {
  const requested: (string | undefined)[] = [];
  const fetchPage = async (cursor: string | undefined) => {
    requested.push(cursor);
    const offset = Number(cursor ?? 0);
    const next = { cursor: String(offset + size), hasResults: offset + size < items.length };
    return { items: items.slice(offset, offset + size), previous: null, next };
  };
  return { fetchPage, requested };
}

test("returns each item once, in order, for any page size", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer()), fc.integer({ min: 1, max: 7 }), async (items, size) => {
      const { fetchPage, requested } = paged(items, size);
      expect(await Array.fromAsync(walkPages(fetchPage))).toEqual(items);
      expect(requested).toHaveLength(Math.max(1, Math.ceil(items.length / size)));
    }),
  );
});

test("fetches pages on demand", async () => {
  const { fetchPage, requested } = paged(["a", "b", "c", "d"], 2);
  for await (const item of walkPages(fetchPage)) {
    if (item === "b") break;
  }
  expect(requested).toEqual([undefined]);
});

test("stops at a page without links", async () => {
  expect(await Array.fromAsync(walkPages(async () => ({ items: ["a"], previous: null, next: null })))).toEqual(["a"]);
});

test("stops at a page that links to itself", async () => {
  const same = async () => ({ items: ["a"], previous: null, next: { cursor: "0:0:0", hasResults: true } });
  expect(await Array.fromAsync(walkPages(same))).toEqual(["a", "a"]);
});

test("throws the failure of a page", async () => {
  const failing = async (): Promise<never> => {
    throw new Error("page failed");
  };
  await expect(Array.fromAsync(walkPages(failing))).rejects.toThrow("page failed");
});
