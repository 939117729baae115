import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { signIn } from "@landfall/testing/network/sign-in";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { subscribeToEvents } from "./subscribe.ts";

let bench: TestApp;
let as: Callers;
let organizationId: number;
let userId: number;

beforeEach(async () => {
  bench = await createTestApp();
  as = callers(bench.app, bench.given);
  ({ id: organizationId } = await bench.given.organization("acme", { openMembership: false }));
  await bench.given.organization("globex");
  ({ id: userId } = await bench.given.user("ada@acme.test", { organization: "acme" }));
});

afterEach(() => bench.close());

describe("subscribeToEvents", () => {
  test("accepts a signed-in member of any role", async () => {
    const context = await (await signIn(bench.app, userId)).context();
    expect(await subscribeToEvents(context, { organization: "acme" })).toEqual({ userId, organizationId });
    expect(await subscribeToEvents(context, { organization: String(organizationId) })).toEqual({ userId, organizationId });
  });

  test("rejects all other callers", async () => {
    const context = await (await signIn(bench.app, userId)).context();
    const refused = (code: string) => expect.objectContaining({ code });
    await expect(subscribeToEvents(context, { organization: "globex" })).rejects.toThrow(refused("not_found"));
    await expect(subscribeToEvents(context, { organization: "nope" })).rejects.toThrow(refused("not_found"));
    await expect(subscribeToEvents(context, { organization: "a\0" })).rejects.toThrow(refused("not_found"));
    await expect(subscribeToEvents(await as.anonymous(), { organization: "acme" })).rejects.toThrow(refused("unauthenticated"));
    await expect(subscribeToEvents(await as.ci("acme"), { organization: "acme" })).rejects.toThrow(refused("forbidden"));
    await expect(subscribeToEvents(await as.person("ada@acme.test"), { organization: "acme" })).rejects.toThrow(refused("forbidden"));
  });
});
