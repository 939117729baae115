import { glob } from "node:fs/promises";
import { join } from "node:path";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import type { inferRouterInputs } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import { type AppRouter, appRouter, createCaller } from "./app-router.ts";
import { proceduresOf } from "./trpc.ts";

const core = join(import.meta.dirname, "..", "..", "core", "src");

/**
 * Operations that tRPC does not serve. `subscribeToEvents` is served as a stream, whose own tests check access. The others return bytes, or
 * take a form or a body that only REST has; the access matrix of REST covers them.
 */
const NOT_SERVED = new Set([
  "subscribeToEvents",
  "uploadChunks",
  "assembleRelease",
  "assembleArtifactBundle",
  "uploadReleaseFile",
  "uploadProjectReleaseFile",
  "readReleaseFile",
  "readProjectReleaseFile",
  "readBundleFile",
  "lookUpArtifacts",
]);

/** Every operation of the core that tRPC serves, with its exported name. */
async function operations(): Promise<Map<unknown, string>> {
  const found = new Map<unknown, string>();
  for await (const path of glob("**/*.ts", { cwd: core, exclude: (name) => name.endsWith(".test.ts") })) {
    const loaded: unknown = await import(join(core, path));
    if (typeof loaded !== "object" || loaded === null) continue;
    for (const [name, value] of Object.entries(loaded)) {
      if (NOT_SERVED.has(name)) continue;
      if (typeof value === "function" && "kind" in value && "call" in value && "params" in value) found.set(value, name);
    }
  }
  return found;
}

const procedures = proceduresOf(appRouter);
const byName = (a: string, b: string) => a.localeCompare(b);

describe("the router", () => {
  test("serves every operation exactly once", async () => {
    const names = await operations();
    expect(names.size).toBeGreaterThan(40);
    const served = procedures.map(({ operation }) => names.get(operation) ?? "not an operation of core");
    expect(served.toSorted(byName)).toEqual([...names.values()].toSorted(byName));
  });

  test("serves reads as queries and writes as mutations", async () => {
    const names = await operations();
    for (const [operation, name] of names) {
      const kind = typeof operation === "function" && "kind" in operation ? operation.kind : null;
      expect([name, procedures.find((served) => served.operation === operation)?.type]).toEqual([name, kind]);
    }
  });
});

describe("a caller in the same process", () => {
  let world: TestApp;
  beforeAll(async () => {
    world = await createTestApp();
    await world.given.organization("acme");
    await world.given.project("acme", "web");
  });
  afterAll(() => world.close());

  const caller = async () => {
    const authorization = `Bearer ${await world.given.orgToken("acme")}`;
    return createCaller(await world.app.contextOf({ authorization, userAgent: null, requestId: null }));
  };

  test("writes and reads with the same access rules", async () => {
    const calls = await caller();
    await calls.releases.create({ organization: "acme", version: "1.0.0", projects: ["web"] });
    expect(await calls.releases.get({ organization: "acme", version: "1.0.0" })).toMatchObject({ version: "1.0.0" });
    await expect(calls.releases.get({ organization: "acme", version: "2.0.0" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(calls.releases.delete({ organization: "acme", version: "1.0.0" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("keeps the operation's error as the cause", async () => {
    const failed = (await caller()).releases.create({ organization: "acme", version: "", projects: ["web"] });
    await expect(failed).rejects.toMatchObject({ code: "BAD_REQUEST", cause: { code: "invalid", issues: [{ path: ["version"] }] } });
  });

  test("needs no input for an operation without input", async () => {
    expect(await (await caller()).me.whoAmI()).toEqual({ version: "0", auth: { scopes: ["org:ci"] }, user: null });
  });
});

test("inputs are the parameters and the body in one object, without zod's type of empty objects", () => {
  type Inputs = inferRouterInputs<AppRouter>;
  expectTypeOf<Inputs["releases"]["delete"]>().toEqualTypeOf<{ organization: string; version: string }>();
  expectTypeOf<Inputs["tokens"]["revoke"]>().toEqualTypeOf<{ organization: string; token: string }>();
  expectTypeOf<{ organization: string; name: string }>().toExtend<Inputs["projects"]["create"]>();
  expectTypeOf<undefined>().toExtend<Inputs["me"]["whoAmI"]>();
});
