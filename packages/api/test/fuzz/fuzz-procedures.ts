import { type FuzzApp, openFuzzApp, runs, titled } from "@landfall/testing/fuzz/fuzz-app";
import type { TestStoreKind } from "@landfall/testing/stores/open-test-store";
import { rowCounts } from "@landfall/testing/stores/wrapped-stores";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { appRouter } from "../../src/app-router.ts";
import { proceduresOf, TRPC_PATH } from "../../src/trpc.ts";
import { trpcHandler } from "../../src/trpc-handler.ts";
import { type OddCall, oddCall } from "./odd-call.ts";

/** Refs to unknown repositories are rejected after the rest was stored (contract 3.2, step 9). */
const REFS_ERROR = /^Invalid repository names: /;

const Issue = z.strictObject({ path: z.array(z.union([z.string(), z.int()])), message: z.string().min(1) });

/** The form of an error for callers, without internal details. */
const Failure = z.strictObject({
  error: z.strictObject({
    message: z.string().min(1),
    code: z.int(),
    data: z.strictObject({
      code: z.string(),
      httpStatus: z.int().lt(500),
      path: z.string().optional(),
      issues: z.array(Issue),
      reason: z.string().nullable(),
      retryAfter: z.int().positive().nullable(),
    }),
  }),
});

const Success = z.strictObject({ result: z.strictObject({ data: z.unknown().optional() }) });
const Outcome = z.union([Failure, Success]);

/** Sends `count` random calls to every procedure over a store of this kind. */
export function fuzzProcedures(kind: TestStoreKind, count: number): void {
  describe(titled(`random calls to every procedure on ${kind}`), () => {
    let world: FuzzApp;
    beforeAll(async () => void (world = await openFuzzApp(kind)), 60_000);
    afterAll(() => world.close());

    test.for(proceduresOf(appRouter))("$path", { timeout: 60_000 }, async (procedure) => {
      const { path, type } = procedure;
      const property = fc.asyncProperty(oddCall(procedure, world.known), async (call) => {
        const before = await rowCounts(world.app.store);
        const { status, text, bugs } = await send(world, path, call);
        expect(bugs).toEqual([]);
        expect(status).toBeLessThan(500);
        const body: unknown = JSON.parse(text);
        const outcomes = (Array.isArray(body) ? body : [body]).map((one) => Outcome.parse(one));
        const isRefused = outcomes.every((outcome) => "error" in outcome && !REFS_ERROR.test(outcome.error.message));
        if (isRefused || type === "query") expect(await rowCounts(world.app.store)).toEqual(before);
        if (!isRefused && type === "mutation" && !(await isIntact(world))) world = await reopen(world, kind);
      });
      await fc.assert(property, runs(/delete|revoke/i.test(path) ? count / 5 : count));
    });
  });
}

async function send({ app, token }: FuzzApp, path: string, { method, search, body, contentType }: OddCall) {
  const bugs: unknown[] = [];
  const handle = trpcHandler({ app, onBug: (error) => bugs.push(error) });
  const headers = {
    authorization: `Bearer ${token}`,
    ...(contentType === "" ? {} : { "content-type": contentType }),
    ...(method === "POST" ? { "content-length": String(Buffer.byteLength(body)) } : {}),
  };
  const response = await handle(
    new Request(`http://landfall.test${TRPC_PATH}/${path}${search}`, { method, headers, ...(method === "POST" ? { body } : {}) }),
  );
  return { status: response.status, text: await response.text(), bugs };
}

/** Whether the seeded objects still exist under their names; the last call may have renamed or removed them. */
async function isIntact(world: FuzzApp): Promise<boolean> {
  for (const [path, input] of SEEDED) {
    const call = { method: "GET", search: `?input=${encodeURIComponent(JSON.stringify(input))}`, body: "", contentType: "" } as const;
    if ((await send(world, path, call)).status !== 200) return false;
  }
  return true;
}

const SEEDED = [
  ["releases.getInProject", { organization: "acme", project: "pump", version: "1.0" }],
  ["repositories.commits", { organization: "acme", repository: "1" }],
  ["members.list", { organization: "acme" }],
] as const;

async function reopen(world: FuzzApp, kind: TestStoreKind): Promise<FuzzApp> {
  await world.close();
  return openFuzzApp(kind);
}
