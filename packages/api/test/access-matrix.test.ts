import { toInputSchema } from "@landfall/schema/fields/json-schema";
import { ACCESS_TABLE, CALLERS, OUTSIDE, statusesOf } from "@landfall/testing/access/access-table";
import {
  type AccessWorld,
  type AnyCaller,
  GONE,
  type Missing,
  openAccessWorld,
  renamed,
  SECRETS,
} from "@landfall/testing/access/access-world";
import { callAsOutsiders, type Exchange } from "@landfall/testing/access/outsiders";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appRouter } from "../src/app-router.ts";
import { proceduresOf, type ServedProcedure, TRPC_PATH } from "../src/trpc.ts";
import { trpcHandler } from "../src/trpc-handler.ts";

let world: AccessWorld;
let handle: (request: Request) => Promise<Response>;
beforeAll(async () => {
  world = await openAccessWorld();
  handle = trpcHandler({
    app: world.app,
    onBug: (error) => {
      throw error;
    },
  });
});
afterAll(() => world.close());

const procedures = proceduresOf(appRouter);

test("the access table has a row for every procedure, and no other", () => {
  const called = ACCESS_TABLE.filter((row) => !row.operation.startsWith("wire."));
  expect(called.map((row) => row.operation).toSorted()).toEqual(procedures.map((procedure) => procedure.path).toSorted());
});

describe("who may call", () => {
  test.for(procedures)("$path", async (procedure) => {
    const row = ACCESS_TABLE.find(({ operation }) => operation === procedure.path);
    const results: Partial<Record<AnyCaller, unknown>> = {};
    for (const caller of CALLERS) {
      const { status, text } = await call(procedure, caller);
      results[caller] = status < 300 ? "ok" : status;
      if (OUTSIDE.includes(caller) || status >= 400) expect(text).not.toMatch(SECRETS);
    }
    expect(results).toEqual(row && statusesOf(row, "trpc"));
  });

  test.for(procedures)("$path rejects expired and revoked tokens", async (procedure) => {
    for (const caller of GONE) expect([caller, (await call(procedure, caller)).status]).toEqual([caller, 401]);
  });
});

describe("an inaccessible object has the same response as a missing one", () => {
  test.for(procedures)("$path", async (procedure) => {
    for (const { caller, missing, toClosed, toMissing } of await callAsOutsiders((...as) => call(procedure, ...as))) {
      expect([caller, toClosed]).toEqual([caller, toMissing]);
      if (missing === "organization") expect(toClosed.status).toBeGreaterThanOrEqual(400);
    }
  });
});

async function call(procedure: ServedProcedure, caller: AnyCaller, replaced: Missing | null = null): Promise<Exchange> {
  const { path, type } = procedure;
  const { names, input: values } = renamed({ names: world.namesFor(path, caller), input: world.inputOf(path) }, replaced);
  const wanted = Object.keys(paramsOf(procedure).properties ?? {}).map((name) => [name, names[name]] as const);
  const input = JSON.stringify({ ...Object.fromEntries(wanted), ...values });
  const token = world.tokens[caller];
  const headers = {
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    "content-type": "application/json",
    "content-length": String(input.length),
  };
  const address = `http://landfall.test${TRPC_PATH}/${path}`;
  const request =
    type === "query"
      ? new Request(`${address}?input=${encodeURIComponent(input)}`, { headers })
      : new Request(address, { method: "POST", headers, body: input });
  const response = await handle(request);
  return { request: input, status: response.status, text: withoutOwnNames(await response.text(), input) };
}

/** Removes the names that an error quotes from the request, since the caller knows those. */
function withoutOwnNames(text: string, input: string): string {
  const own = new Set([...input.matchAll(/"([^"\\]*)"/g)].map(([, name]) => name));
  return text.replaceAll(/\\"([^"\\]*)\\"/g, (quote, name: string) => (own.has(name) ? '\\"…\\"' : quote));
}

const paramsOf = ({ operation }: ServedProcedure) => toInputSchema(operation.params);
