import { toInputSchema } from "@landfall/schema/fields/json-schema";
import { ACCESS_TABLE, CALLERS } from "@landfall/testing/access/access-table";
import { type AccessWorld, type AnyCaller, GONE, openAccessWorld, SECRET } from "@landfall/testing/access/access-world";
import type * as z from "zod";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TRPC_PATH, trpcHandler } from "../src/trpc-handler.ts";
import { type ServedProcedure, servedProcedures } from "./procedures.ts";

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

const procedures = servedProcedures();

test("the access table has a row for every procedure, and no other", () => {
  const called = ACCESS_TABLE.filter((row) => !row.operation.startsWith("wire."));
  expect(called.map((row) => row.operation).toSorted()).toEqual(procedures.map((procedure) => procedure.path).toSorted());
});

describe("who may call", () => {
  test.for(procedures)("$path", async (procedure) => {
    const row = ACCESS_TABLE.find(({ operation }) => operation === procedure.path);
    const told: Partial<Record<AnyCaller, unknown>> = {};
    for (const caller of CALLERS) {
      const { status, text } = await call(procedure, caller);
      told[caller] = status < 300 ? "ok" : status;
      if (caller === "afar" || status >= 400) expect(text).not.toContain(SECRET);
    }
    expect(told).toEqual(row?.verdicts);
  });

  test.for(procedures)("$path is closed to tokens that are gone", async (procedure) => {
    for (const caller of GONE) expect([caller, (await call(procedure, caller)).status]).toEqual([caller, 401]);
  });
});

async function call(procedure: ServedProcedure, caller: AnyCaller): Promise<{ status: number; text: string }> {
  const { path, type } = procedure;
  const names = world.namesFor(path, caller);
  const wanted = Object.keys(paramsOf(procedure).properties ?? {}).map((name) => [name, names[name]] as const);
  const input = JSON.stringify({ ...Object.fromEntries(wanted), ...world.inputOf(path) });
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
  return { status: response.status, text: await response.text() };
}

/** The router keeps operations as things unknown; the cast says what every one of them carries (core's `Operation`). */
const paramsOf = ({ operation }: ServedProcedure) => toInputSchema((operation as { readonly params: z.ZodType }).params);
