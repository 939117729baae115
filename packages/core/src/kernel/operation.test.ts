import type { Scope } from "@landfall/schema/scope";
import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { rowCounts } from "@landfall/testing/stores/wrapped-stores";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, expectTypeOf, it, test } from "vitest";
import * as z from "zod";
import type { Actor } from "./actor.ts";
import { AppError, invalidField } from "./app-error.ts";
import type { Context } from "./context.ts";
import {
  CommittedFailure,
  type Locator,
  mutation,
  mutationWithPreparation,
  openQuery,
  query,
  requireScope,
  type Scopes,
} from "./operation.ts";

describe("operation", () => {
  const user = (...scopes: Scope[]): Actor => ({ kind: "user", userId: 1, tokenId: 1, scopes: new Set(scopes) });

  /** Locates a place by its name; "nowhere" does not exist. */
  const steps: string[] = [];

  const atPlace: Locator<{ place: string }, { found: string }> = {
    params: z.object({ place: z.string() }),
    locate(_, { place }) {
      steps.push(`locate ${place}`);
      return place === "nowhere" ? Promise.reject(new AppError("not_found", "nowhere")) : Promise.resolve({ found: place });
    },
  };

  const Count = z.object({ count: z.coerce.number<string | number>().int("not whole") });
  const scope: Scopes = ["project:read", "org:ci"];

  const read = query({
    scope,
    at: atPlace,
    input: Count,
    run: ({ at, now }, { count }) => Promise.resolve(`${at.found} ${count} ${now.toISOString()}`),
  });

  /** Writes an organization, and then fails as the input requests. */
  const write = mutation({
    scope,
    at: atPlace,
    input: z.object({ then: z.enum(["answer", "throw", "keep", "bug"]) }),
    run: async ({ tx, at, now }, { then }) => {
      await tx.insert(tx.tables.organizations).values({ slug: `${at.found}-${then}`, name: then, dateCreated: now });
      if (then === "throw") throw invalidField("then", "thrown");
      if (then === "bug") throw new TypeError("a bug");
      return then === "keep" ? new CommittedFailure(invalidField("then", "kept")) : at.found;
    },
  });

  let bench: TestApp;
  let context: Context;

  beforeAll(async () => {
    bench = await createTestApp();
    context = { ...(await bench.app.contextOf({ authorization: null, userAgent: null, requestId: null })), actor: user("org:ci") };
  });
  afterAll(() => bench.close());

  const organizations = async () => (await rowCounts(bench.app.store)).organizations;

  describe("admission", () => {
    test("refuses callers without credentials with 401", () => {
      expect(() => requireScope(null, scope)).toThrow(expect.objectContaining({ code: "unauthenticated" }));
    });

    test.each<[Scope[]]>([[[]], [["project:write"]], [["org:read", "event:admin"]]])("scopes %j do not suffice, with 403", (scopes) => {
      expect(() => requireScope(user(...scopes), scope)).toThrow(expect.objectContaining({ code: "forbidden" }));
    });

    test.each<[Scope[]]>([[["org:ci"]], [["project:read"]], [["event:read", "project:read"]]])(
      "admits a caller with any one of the scopes: %j",
      (scopes) => {
        const actor = user(...scopes);
        expect(requireScope(actor, scope)).toBe(actor);
      },
    );
  });

  describe("the order of checks (contract 1.17)", () => {
    const refused = async (actor: Actor | null, params: unknown, input: () => unknown) => {
      steps.length = 0;
      const readInput = () => (steps.push("input"), input());
      const failure: unknown = await read.call({ ...context, actor }, params, readInput).catch((error: unknown) => error);
      return [failure instanceof AppError ? failure.code : failure, ...steps];
    };

    test("missing credentials are reported first", async () => {
      expect(await refused(null, {}, () => ({}))).toEqual(["unauthenticated"]);
    });

    test("a missing scope is reported before the place is read", async () => {
      expect(await refused(user("org:read"), {}, () => ({}))).toEqual(["forbidden"]);
    });

    test("a missing place is reported before the input is read", async () => {
      const unreadable = () => {
        throw new AppError("unsupported_media_type", "no");
      };
      expect(await refused(user("org:ci"), { place: "nowhere" }, unreadable)).toEqual(["not_found", "locate nowhere"]);
      expect(await refused(user("org:ci"), { place: "here" }, unreadable)).toEqual(["unsupported_media_type", "locate here", "input"]);
    });

    test("invalid input is reported last", async () => {
      expect(await refused(user("org:ci"), { place: "here" }, () => ({ count: 1.5 }))).toEqual(["invalid", "locate here", "input"]);
    });

    test("missing parameters are reported like invalid input", async () => {
      expect(await refused(user("org:ci"), {}, () => ({}))).toEqual(["invalid"]);
      expect(await refused(user("org:ci"), "text", () => ({}))).toEqual(["invalid"]);
    });

    test.each(["a\0b", "\ud800", "x\udc00"])("a name that no database can store, %j, is missing without a query", async (place) => {
      expect(await refused(user("org:ci"), { place }, () => ({}))).toEqual(["not_found"]);
    });
  });

  describe("a query", () => {
    test("returns the result of `run` with place, input and the clock of the context", async () => {
      expect(await read(context, { place: "here", count: "7" })).toBe("here 7 2026-01-02T03:04:05.678Z");
      expect(await read.call(context, { place: "here" }, () => ({ count: 7 }))).toBe("here 7 2026-01-02T03:04:05.678Z");
    });

    test("gets a reader that cannot write", () => {
      query({
        scope,
        at: atPlace,
        input: Count,
        run: ({ db }) => {
          expectTypeOf(db).not.toHaveProperty("insert");
          expectTypeOf(db).not.toHaveProperty("delete");
          return Promise.resolve(null);
        },
      });
    });

    test("has the properties that adapters need", () => {
      expect({ ...read }).toMatchObject({ kind: "query", scope, params: atPlace.params, input: Count });
      expect({ ...write }).toMatchObject({ kind: "mutation", scope });
    });

    test("declares limits of requests, by default 1 MiB", () => {
      const nothing = { scope, at: atPlace, input: Count, run: () => Promise.resolve(null) };
      expect(query(nothing).limits).toEqual({ bytes: 1_048_576, elements: 10_000 });
      const limits = { bytes: 7, elements: 3 };
      expect(query({ ...nothing, limits }).limits).toEqual(limits);
      expect(mutation({ ...nothing, limits }).limits).toEqual(limits);
    });
  });

  describe("a mutation", () => {
    test("commits when it returns", async () => {
      const before = (await organizations()) ?? 0;
      expect(await write(context, { place: "a", then: "answer" })).toBe("a");
      expect(await organizations()).toBe(before + 1);
    });

    test("rolls back when it throws, for errors of callers and for bugs", async () => {
      const before = await organizations();
      await expect(write(context, { place: "b", then: "throw" })).rejects.toMatchObject({ code: "invalid", message: "thrown" });
      await expect(write(context, { place: "b", then: "bug" })).rejects.toThrow(TypeError);
      await expect(write(context, { place: "nowhere", then: "answer" })).rejects.toMatchObject({ code: "not_found" });
      expect(await organizations()).toBe(before);
    });

    test("commits before a failure that it returns, which is then thrown (contract 3.2, step 9)", async () => {
      const before = (await organizations()) ?? 0;
      await expect(write(context, { place: "c", then: "keep" })).rejects.toMatchObject({ code: "invalid", message: "kept" });
      expect(await organizations()).toBe(before + 1);
    });

    test("does not begin a transaction for callers who are not admitted", async () => {
      const untouched = { ...context, store: { ...context.store, transaction: () => Promise.reject(new Error("began")) } };
      await expect(write({ ...untouched, actor: null }, { place: "a", then: "answer" })).rejects.toMatchObject({ code: "unauthenticated" });
      await expect(write(untouched, { place: "a", then: "answer" })).rejects.toThrow("began");
    });
  });

  describe("a mutation with preparation", () => {
    /** Prepares asynchronously, outside of the transaction, and then writes the result. */
    const after = mutationWithPreparation({
      scope,
      at: atPlace,
      input: z.object({ then: z.enum(["answer", "refuse", "throw"]) }),
      async prepare({ at, db }, { then }) {
        await new Promise((resolve) => setImmediate(resolve));
        if (then === "refuse") throw invalidField("then", "refused");
        return { slug: `${at.found}-after-${then}`, before: await db.$count(db.tables.organizations), then };
      },
      async run({ tx, now }, { slug, before, then }) {
        await tx.insert(tx.tables.organizations).values({ slug, name: slug, dateCreated: now });
        if (then === "throw") throw invalidField("then", "thrown");
        return { slug, made: (await tx.$count(tx.tables.organizations)) - before };
      },
    });

    test("can await before its transaction, and passes the result on", async () => {
      expect(await after(context, { place: "d", then: "answer" })).toEqual({ slug: "d-after-answer", made: 1 });
    });

    test("rolls back when either part throws", async () => {
      const before = await organizations();
      await expect(after(context, { place: "e", then: "throw" })).rejects.toMatchObject({ message: "thrown" });
      await expect(after(context, { place: "e", then: "refuse" })).rejects.toMatchObject({ message: "refused" });
      expect(await organizations()).toBe(before);
    });

    test("does not prepare for callers who are not admitted, missing places, and invalid input", async () => {
      steps.length = 0;
      const untouched = { ...context, store: { ...context.store, transaction: () => Promise.reject(new Error("began")) } };
      await expect(after({ ...untouched, actor: null }, { place: "a", then: "answer" })).rejects.toMatchObject({ code: "unauthenticated" });
      expect(steps).toEqual([]);
      await expect(after.call(untouched, { place: "nowhere" }, () => ({}))).rejects.toMatchObject({ code: "not_found" });
      await expect(after.call(untouched, { place: "a" }, () => ({}))).rejects.toMatchObject({ code: "invalid" });
      await expect(after(untouched, { place: "a", then: "answer" })).rejects.toThrow("began");
      expect({ ...after }).toMatchObject({ kind: "mutation", scope, params: atPlace.params });
    });
  });
});

describe("open query", () => {
  let bench: TestApp;

  beforeEach(async () => {
    bench = await createTestApp();
  });
  afterEach(() => bench.close());

  const echo = openQuery({
    input: z.object({ word: z.string("A word, please.").transform((word) => word.toUpperCase()) }),
    run: ({ actor, now }, { word }) => Promise.resolve({ actor, now: now.toISOString(), word }),
  });

  describe("openQuery", () => {
    it("runs without credentials, called either way", async () => {
      const context = await callers(bench.app, bench.given).anonymous();
      const answer = { actor: null, now: "2026-01-02T03:04:05.678Z", word: "HI" };
      expect(await echo(context, { word: "hi" })).toEqual(answer);
      expect(await echo.call(context, { ignored: 1 }, () => ({ word: "hi" }))).toEqual(answer);
    });

    it("refuses invalid input, as every operation does", async () => {
      const context = await callers(bench.app, bench.given).anonymous();
      await expect(echo.call(context, {}, () => ({ word: 1 }))).rejects.toThrow(
        expect.objectContaining({ code: "invalid", issues: [{ path: ["word"], message: "A word, please." }] }),
      );
    });

    it("has the properties that adapters need", () => {
      expect(echo.kind).toBe("query");
      expect(echo.params.parse({ anything: 1 })).toEqual({});
      expect(echo).not.toHaveProperty("scope");
    });
  });
});
