import { SCOPES } from "@landfall/schema/scope";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { signIn } from "@landfall/testing/network/sign-in";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { cookieSecret } from "../../records/accounts/sessions.ts";
import { createUserToken } from "../tokens/user-tokens.ts";
import { findIdentities, findSignInCandidate, linkIdentity } from "./identities.ts";

describe.each(["sqlite", "pglite"] as const)("over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ada: number;
  let context: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization("acme");
    await bench.given.organization("globex");
    ada = (await bench.given.user("ada@acme.test", { name: "Ada", organization: "acme" })).id;
    context = await bench.app.contextOf({ authorization: null, userAgent: null, requestId: null });
  });
  afterEach(() => bench.close());

  describe("findSigner", () => {
    const find = (who: Parameters<typeof findSignInCandidate>[1]) => findSignInCandidate(bench.app.store.read, who);

    it("finds a member of any number of organizations once, by email and by id", async () => {
      const { tables } = bench.app.store.read;
      await bench.app.store.transaction(async (tx) => {
        await tx.insert(tables.members).values({ organizationId: 2, userId: ada, role: "member", dateCreated: bench.clock.now() });
      });
      const expected = { id: ada, name: "Ada", email: "ada@acme.test", mayLink: true, dateJoined: expect.any(Date) };
      expect(await find({ email: "ada@acme.test" })).toEqual(expected);
      expect(await find({ id: ada })).toEqual(expected);
    });

    it("allows linking by the primary email, and by another email only if it is verified", async () => {
      await bench.app.store.transaction(async (tx) => {
        await tx.insert(tx.tables.userEmails).values({ userId: ada, email: "ada@claimed.test", isVerified: false });
      });
      expect(await find({ email: "ada@claimed.test" })).toMatchObject({ id: ada, email: "ada@claimed.test", mayLink: false });
      expect(await find({ id: ada })).toMatchObject({ email: "ada@acme.test", mayLink: true });
      const { userEmails } = bench.app.store.read.tables;
      await bench.app.store.transaction((tx) => tx.update(userEmails).set({ isVerified: false }));
      expect(await find({ email: "ada@acme.test" })).toMatchObject({ id: ada, mayLink: true });
    });

    it("does not find users who are unknown, in no organization, or deactivated", async () => {
      const loner = await bench.given.user("loner@acme.test");
      await bench.app.store.transaction(async (tx) => {
        await tx.update(tx.tables.users).set({ isActive: false }).where(eq(tx.tables.users.id, ada));
      });
      for (const email of ["nobody@acme.test", "loner@acme.test", "ada@acme.test"]) expect(await find({ email })).toBeNull();
      for (const id of [0, loner.id, ada]) expect(await find({ id })).toBeNull();
    });
  });

  describe("identities", () => {
    const find = (by: Parameters<typeof findIdentities>[1]) => findIdentities(bench.app.store.read, by);

    it("are found by the provider's subject and by the user", async () => {
      const made = await linkIdentity(context, { userId: ada, provider: "oidc", subject: "s-1", email: null });
      expect(made).toMatchObject({ userId: ada, provider: "oidc", subject: "s-1", dateCreated: bench.clock.now() });
      expect(await find({ provider: "oidc", subject: "s-1" })).toEqual([made]);
      expect(await find({ userId: ada })).toEqual([made]);
      expect(await find({ provider: "other", subject: "s-1" })).toEqual([]);
      expect(await find({ provider: "oidc", subject: "S-1" })).toEqual([]);
    });

    it("belong to one user only", async () => {
      const ben = await bench.given.user("ben@acme.test", { organization: "acme" });
      await linkIdentity(context, { userId: ada, provider: "oidc", subject: "s-1", email: null });
      await expect(linkIdentity(context, { userId: ben.id, provider: "oidc", subject: "s-1", email: null })).rejects.toThrow();
      expect(await find({ userId: ben.id })).toEqual([]);
    });

    it("remove all earlier credentials of the account, which its creator may have made without owning the email", async () => {
      const { store } = bench.app;
      const { users, userEmails, sessions } = store.read.tables;
      const ben = await bench.given.user("ben@acme.test", { organization: "acme" });
      await store.transaction(async (tx) => {
        await tx.update(users).set({ passwordHash: "x" });
        await tx.update(userEmails).set({ isVerified: false });
      });
      const [before, benSession] = [await signIn(bench.app, ada), await signIn(bench.app, ben.id)];
      const token = await bench.given.userToken("ada@acme.test", SCOPES);
      const child = await createUserToken(await as.bearer(token), { name: "child", scopes: ["org:read"] });
      const others = await bench.given.userToken("ben@acme.test", SCOPES);

      await linkIdentity(context, { userId: ada, provider: "oidc", subject: "s-1", email: "ada@acme.test" });
      expect((await before.context()).actor).toBeNull();
      for (const gone of [token, child.token]) await expect(as.bearer(gone)).rejects.toThrow("Invalid token");
      expect((await benSession.context()).actor).not.toBeNull();
      expect((await as.bearer(others)).actor).not.toBeNull();
      const people = await store.read.select({ id: users.id, hash: users.passwordHash }).from(users).orderBy(users.id);
      expect(people).toEqual([
        { id: ada, hash: null },
        { id: ben.id, hash: "x" },
      ]);
      expect(await store.read.$count(sessions)).toBe(1);
      const verified = await store.read.select().from(userEmails).where(eq(userEmails.isVerified, true));
      expect(verified.map(({ email }) => email)).toEqual(["ada@acme.test"]);
      const entries = await store.read.select().from(store.read.tables.auditLog);
      expect(entries.at(-1)).toMatchObject({
        action: "identity.link",
        details: { verified: "ada@acme.test", removed: { password: true, sessions: 1, tokens: 2 } },
      });
      expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(["session.end", "token.revoke"]));
    });

    it("are in the audit log", async () => {
      await linkIdentity(context, { userId: ada, provider: "oidc", subject: "s-1", email: null });
      const { read } = bench.app.store;
      const entries = await read.select().from(read.tables.auditLog);
      const details = { userId: ada, provider: "oidc", verified: null, removed: { password: false, sessions: 0, tokens: 0 } };
      expect(entries).toMatchObject([{ actor: `user:${ada}`, action: "identity.link", target: "s-1", details }]);
    });
  });

  describe("cookieSecret", () => {
    it("is created once from 32 random bytes, also for concurrent calls", async () => {
      const [one, two] = await Promise.all([cookieSecret(context), cookieSecret(context)]);
      expect(one).toMatch(/^[0-9a-f]{64}$/);
      expect(two).toBe(one);
      expect(await cookieSecret(context)).toBe(one);
    });
  });
});
