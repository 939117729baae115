import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { signIn } from "@landfall/testing/sign-in";
import { desc } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Context } from "../context.ts";
import { checkSignIn } from "./check-sign-in.ts";
import { resetPassword } from "./reset-password.ts";

let bench: TestApp;
let context: Context;
let ada: number;
beforeEach(async () => {
  bench = await createTestApp();
  context = await bench.app.contextOf({ authorization: null, userAgent: null, requestId: null });
  ada = (await bench.given.user("ada@acme.test")).id;
});
afterEach(() => bench.close());

it("lets somebody in by the new password, and out wherever they were signed in", async () => {
  const here = await signIn(bench.app, ada);
  const bens = await signIn(bench.app, (await bench.given.user("ben@acme.test")).id);
  expect(await resetPassword(context, { email: "Ada@acme.test", password: "battery staple" })).toEqual({ ended: 1 });
  expect(await checkSignIn(context, { email: "ada@acme.test", password: "battery staple" }, "")).toMatchObject({ id: ada });
  expect([(await here.context()).actor, (await bens.context()).actor]).toEqual([null, expect.objectContaining({ kind: "user" })]);
  const { read } = bench.app.store;
  const [entry] = await read.select().from(read.tables.auditLog).orderBy(desc(read.tables.auditLog.id)).limit(1);
  expect(entry).toMatchObject({ actor: "system", action: "user.reset_password", target: "ada@acme.test", details: { id: ada, ended: 1 } });
});

it.each([
  [{ email: "nobody@acme.test", password: "battery staple" }, "email"],
  [{ email: "ada@acme.test", password: "short" }, "password"],
])("refuses %j at its field", async (given, field) => {
  await expect(resetPassword(context, given)).rejects.toMatchObject({ code: "invalid", issues: [{ path: [field] }] });
});
