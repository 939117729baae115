import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { type SignedInBrowser, signIn } from "@landfall/testing/network/sign-in";
import { desc, eq } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hashPassword } from "../../access/password-hash.ts";
import type { Context } from "../../kernel/context.ts";
import { createUserToken } from "../tokens/user-tokens.ts";
import { failedAttemptsOf } from "./failed-attempts.ts";
import { changePassword, resetPassword } from "./passwords.ts";
import { checkSignIn } from "./sign-in.ts";

describe("change password", () => {
  const before = "correct horse";
  const after = "battery staple";
  let passwordHash: string;

  beforeAll(async () => {
    passwordHash = await hashPassword(before);
  });

  describe.each(["sqlite", "pglite"] as const)("changePassword over %s", (kind) => {
    let bench: TestApp;
    let olga: number;
    let browser: SignedInBrowser;
    const anonymous = () => bench.app.contextOf({ authorization: null, userAgent: null, requestId: null });

    beforeEach(async () => {
      bench = await createTestApp(kind);
      olga = (await bench.given.user("olga@acme.test")).id;
      await bench.app.store.transaction(async (tx) => {
        await tx.update(tx.tables.users).set({ passwordHash }).where(eq(tx.tables.users.id, olga));
      });
      browser = await signIn(bench.app, olga);
    });
    afterEach(() => bench.close());

    const bearer = (token: string) => bench.app.contextOf({ authorization: `Bearer ${token}`, userAgent: null, requestId: null });
    const check = async (password: string) => checkSignIn(await anonymous(), { email: "olga@acme.test", password }, "192.0.2.1");
    const stored = async () => {
      const { users } = bench.app.store.read.tables;
      const [user] = await bench.app.store.read.select().from(users).where(eq(users.id, olga));
      return user?.passwordHash;
    };
    const change = async (given: unknown, from = browser) => changePassword.call(await from.context(), {}, () => given);

    it("changes the password, and ends every session, including the current one", async () => {
      const there = await signIn(bench.app, olga);
      const ben = await signIn(bench.app, (await bench.given.user("ben@acme.test")).id);
      expect(await changePassword(await browser.context(), { currentPassword: before, newPassword: after })).toEqual({
        ended: 2,
        revokedTokens: 0,
      });
      expect(await check(after)).toMatchObject({ id: olga });
      await expect(check(before)).rejects.toMatchObject({ code: "unauthenticated" });
      expect((await browser.context()).actor).toBeNull();
      expect((await there.context()).actor).toBeNull();
      expect((await ben.context()).actor).not.toBeNull();
    });

    it("is in the audit log, without the passwords", async () => {
      await change({ currentPassword: before, newPassword: after });
      const { auditLog } = bench.app.store.read.tables;
      const [entry] = await bench.app.store.read.select().from(auditLog).orderBy(desc(auditLog.id)).limit(1);
      expect(entry).toMatchObject({
        actor: `user:${olga}`,
        action: "user.change_password",
        target: "olga@acme.test",
        details: { ended: 1 },
      });
      expect(JSON.stringify(entry)).not.toMatch(/horse|staple/);
    });

    it.each<[string, unknown, string, string]>([
      [
        "a wrong current password",
        { currentPassword: "wrong horse", newPassword: after },
        "currentPassword",
        "This is not your current password.",
      ],
      ["no current password", { newPassword: after }, "currentPassword", "This field is required."],
      [
        "a short new one",
        { currentPassword: before, newPassword: "123456789" },
        "newPassword",
        "Ensure this field has at least 10 characters.",
      ],
      [
        "a common new one",
        { currentPassword: before, newPassword: "password123" },
        "newPassword",
        "This is one of the most common passwords. Choose another one.",
      ],
      ["no new password", { currentPassword: before }, "newPassword", "This field is required."],
    ])("refuses %s at its field, and changes nothing", async (_, given, field, message) => {
      await expect(change(given)).rejects.toMatchObject({ code: "invalid", issues: [{ path: [field], message }] });
      expect(await stored()).toBe(passwordHash);
    });

    it("revokes personal tokens, and tokens created with them, only if requested", async () => {
      const token = await bench.given.userToken("olga@acme.test", ["org:read"]);
      const child = await createUserToken(await bearer(token), { name: "child", scopes: ["org:read"] });
      await bench.given.user("ben@acme.test");
      const bens = await bench.given.userToken("ben@acme.test", ["org:read"]);
      await change({ currentPassword: before, newPassword: after });
      expect((await bearer(child.token)).actor).not.toBeNull();
      const again = await signIn(bench.app, olga);
      expect(await change({ currentPassword: after, newPassword: before, revokeTokens: true }, again)).toEqual({
        ended: 1,
        revokedTokens: 2,
      });
      for (const revoked of [token, child.token]) await expect(bearer(revoked)).rejects.toThrow("Invalid token");
      expect((await bearer(bens)).actor).not.toBeNull();
    });

    it("is slowed down by wrong passwords in any session, but never locked", async () => {
      const there = await signIn(bench.app, olga);
      const key = [{ name: `user ${olga}`, free: 5 }];
      for (let time = 0; time < 4; time += 1) failedAttemptsOf(bench.app.store).begin(key, bench.clock.now()).failed();
      await expect(change({ currentPassword: "wrong horse", newPassword: after })).rejects.toMatchObject({ code: "invalid" });
      await expect(change({ currentPassword: before, newPassword: after }, there)).rejects.toMatchObject({ code: "rate_limited" });
      bench.clock.advance(1000);
      expect(await change({ currentPassword: before, newPassword: after })).toMatchObject({ ended: 2 });
    });

    it("requires a session: tokens are refused before anything is read", async () => {
      await bench.given.user("ben@acme.test");
      const authorization = `Bearer ${await bench.given.userToken("ben@acme.test", ["org:admin"])}`;
      const context = await bench.app.contextOf({ authorization, userAgent: null, requestId: null });
      await expect(changePassword.call(context, {}, () => ({}))).rejects.toMatchObject({ code: "forbidden" });
      await expect(changePassword.call(await anonymous(), {}, () => ({}))).rejects.toMatchObject({ code: "unauthenticated" });
    });

    it("refuses users without a password", async () => {
      const there = await signIn(bench.app, (await bench.given.user("ben@acme.test")).id);
      await expect(change({ currentPassword: before, newPassword: after }, there)).rejects.toMatchObject({ code: "conflict" });
    });

    it("succeeds for exactly one of two concurrent changes", async () => {
      const there = await signIn(bench.app, olga);
      const outcomes = await Promise.allSettled([
        change({ currentPassword: before, newPassword: "first password" }),
        change({ currentPassword: before, newPassword: "second password" }, there),
      ]);
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
      expect(await stored()).not.toBe(passwordHash);
    });
  });
});

describe("reset password", () => {
  let bench: TestApp;
  let context: Context;
  let ada: number;

  beforeEach(async () => {
    bench = await createTestApp();
    context = await bench.app.contextOf({ authorization: null, userAgent: null, requestId: null });
    ada = (await bench.given.user("ada@acme.test")).id;
  });
  afterEach(() => bench.close());

  it("sets the new password, and ends all sessions", async () => {
    const browser = await signIn(bench.app, ada);
    const bens = await signIn(bench.app, (await bench.given.user("ben@acme.test")).id);
    expect(await resetPassword(context, { email: "Ada@acme.test", password: "battery staple" })).toEqual({
      ended: 1,
      revokedTokens: 0,
      liveTokens: 0,
    });
    expect(await checkSignIn(context, { email: "ada@acme.test", password: "battery staple" }, "")).toMatchObject({ id: ada });
    expect([(await browser.context()).actor, (await bens.context()).actor]).toEqual([null, expect.objectContaining({ kind: "user" })]);
    const { read } = bench.app.store;
    const entries = await read.select().from(read.tables.auditLog).orderBy(desc(read.tables.auditLog.id)).limit(2);
    expect(entries).toMatchObject([
      { actor: "system", action: "user.reset_password", target: "ada@acme.test", details: { id: ada, ended: 1 } },
      { actor: "system", action: "session.end", target: "ada@acme.test", details: { id: expect.any(Number) } },
    ]);
  });

  it.each([
    [{ email: "nobody@acme.test", password: "battery staple" }, "email"],
    [{ email: "ada@acme.test", password: "short" }, "password"],
  ])("refuses %j at its field", async (given, field) => {
    await expect(resetPassword(context, given)).rejects.toMatchObject({ code: "invalid", issues: [{ path: [field] }] });
  });

  it("revokes personal tokens only if requested, and otherwise returns how many are active", async () => {
    const token = await bench.given.userToken("ada@acme.test", ["org:read"]);
    const given = { email: "ada@acme.test", password: "battery staple" };
    expect(await resetPassword(context, given)).toEqual({ ended: 0, revokedTokens: 0, liveTokens: 1 });
    expect(await resetPassword(context, { ...given, revokeTokens: true })).toEqual({ ended: 0, revokedTokens: 1, liveTokens: 0 });
    const authorization = `Bearer ${token}`;
    await expect(bench.app.contextOf({ authorization, userAgent: null, requestId: null })).rejects.toThrow("Invalid token");
  });

  it("verifies the email, and finds no account by an unverified additional email", async () => {
    const { userEmails } = bench.app.store.read.tables;
    await bench.app.store.transaction(async (tx) => {
      await tx.update(userEmails).set({ isVerified: false });
      await tx.insert(userEmails).values({ userId: ada, email: "claimed@acme.test", isVerified: false });
    });
    await expect(resetPassword(context, { email: "claimed@acme.test", password: "battery staple" })).rejects.toThrow(
      "No account has the email address",
    );
    await resetPassword(context, { email: "ada@acme.test", password: "battery staple" });
    const rows = await bench.app.store.read.select().from(userEmails);
    expect(rows.map(({ email, isVerified }) => [email, isVerified])).toEqual([
      ["ada@acme.test", true],
      ["claimed@acme.test", false],
    ]);
  });
});
