import type { Known } from "@landfall/testing/fuzz/aimed-values";
import { runs, titled } from "@landfall/testing/fuzz/fuzz-app";
import type { TestStoreKind } from "@landfall/testing/stores/open-test-store";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Route } from "../../src/http/route.ts";
import { ROUTES } from "../../src/rest-handler.ts";
import { responseProblem, changedNothing } from "./response-problem.ts";
import { type FuzzWorld, openFuzzWorld } from "./fuzz-world.ts";
import { oddTarget } from "./odd-target.ts";
import { inputSchema, type OddBody, oddBody } from "./odd-body.ts";
import { oddForm } from "./odd-form.ts";

/** Sends `count` random requests to every route over a store of this kind. */
export function fuzzRoutes(kind: TestStoreKind, count: number): void {
  describe(titled(`random requests to every route on ${kind}`), () => {
    let world: FuzzWorld;
    beforeAll(async () => void (world = await openFuzzWorld(kind)), 60_000);
    afterAll(() => world.close());

    test.for(ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))("%s", { timeout: 60_000 }, async ([, route]) => {
      const fields = Object.keys(inputSchema(route).properties ?? {});
      const property = fc.asyncProperty(anyRequest(route, world.known), async ({ target, body }) => {
        const before = await world.counts();
        const reply = await world.send({ method: route.method, target, ...(body ? { body } : {}) });
        if (reply === null) return;
        expect(responseProblem(reply, fields)).toBeNull();
        if (changedNothing(reply)) expect(await world.counts()).toEqual(before);
        if (reply.status < 300 && route.method !== "GET" && !(await isIntact(world))) world = await reopen(world, kind);
      });
      await fc.assert(property, runs(route.method === "DELETE" ? count / 5 : count));
    });
  });
}

type OddRequest = { readonly target: string; readonly body: OddBody | null };

function anyRequest(route: Route, known: Known): fc.Arbitrary<OddRequest> {
  const body = route.method === "GET" ? fc.constant(null) : route.form === null ? oddBody(route, known) : oddForm(route.form, known);
  return fc.record({ target: oddTarget(route, known), body });
}

/** Whether the seeded objects still exist under their names; the last call may have renamed or removed them. */
async function isIntact({ send }: FuzzWorld): Promise<boolean> {
  for (const target of [
    "/organizations/acme/releases/1.0/deploys/",
    "/projects/acme/pump/releases/1.0/",
    "/organizations/acme/repos/1/commits/?per_page=1",
  ]) {
    if ((await send({ method: "GET", target }))?.status !== 200) return false;
  }
  return true;
}

async function reopen(world: FuzzWorld, kind: TestStoreKind): Promise<FuzzWorld> {
  await world.close();
  return openFuzzWorld(kind);
}
