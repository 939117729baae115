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
  expect(await resetPassword(context, { email: "Ada@acme.test", password: "battery staple" })).toEqual({
    ended: 1,
    revokedTokens: 0,
    liveTokens: 0,
  });
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

it("revokes the person's own tokens only if asked to, and else tells how many work", async () => {
  const token = await bench.given.userToken("ada@acme.test", ["org:read"]);
  const given = { email: "ada@acme.test", password: "battery staple" };
  expect(await resetPassword(context, given)).toEqual({ ended: 0, revokedTokens: 0, liveTokens: 1 });
  expect(await resetPassword(context, { ...given, revokeTokens: true })).toEqual({ ended: 0, revokedTokens: 1, liveTokens: 0 });
  const authorization = `Bearer ${token}`;
  await expect(bench.app.contextOf({ authorization, userAgent: null, requestId: null })).rejects.toThrow("Invalid token");
});

it("makes the operator's word count: the address is verified, and an address somebody only claims opens no account", async () => {
  const { userEmails } = bench.app.store.read.tables;
  await bench.app.store.transaction(async (tx) => {
    await tx.update(userEmails).set({ isVerified: false });
    await tx.insert(userEmails).values({ userId: ada, email: "claimed@acme.test", isVerified: false });
  });
  await expect(resetPassword(context, { email: "claimed@acme.test", password: "battery staple" })).rejects.toThrow(
    "Nobody has the address",
  );
  await resetPassword(context, { email: "ada@acme.test", password: "battery staple" });
  const rows = await bench.app.store.read.select().from(userEmails);
  expect(rows.map(({ email, isVerified }) => [email, isVerified])).toEqual([
    ["ada@acme.test", true],
    ["claimed@acme.test", false],
  ]);
});
