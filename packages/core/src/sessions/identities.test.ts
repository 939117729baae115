import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../context.ts";
import { cookieSecret } from "./cookie-secret.ts";
import { findSigner } from "./find-signer.ts";
import { findIdentities, linkIdentity } from "./identities.ts";

describe.each(["sqlite", "pglite"] as const)("over %s", (kind) => {
  let bench: TestApp;
  let ada: number;
  let context: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    await bench.given.organization("acme");
    await bench.given.organization("globex");
    ada = (await bench.given.user("ada@acme.test", { name: "Ada", organization: "acme" })).id;
    context = await bench.app.contextOf({ authorization: null, userAgent: null, requestId: null });
  });
  afterEach(() => bench.close());

  describe("findSigner", () => {
    const find = (who: Parameters<typeof findSigner>[1]) => findSigner(bench.app.store.read, who);

    it("finds a member by address and by id, once however many organizations they are in", async () => {
      const { tables } = bench.app.store.read;
      await bench.app.store.transaction(async (tx) => {
        await tx.insert(tables.members).values({ organizationId: 2, userId: ada, role: "member", dateCreated: bench.clock.now() });
      });
      const expected = { id: ada, name: "Ada", email: "ada@acme.test", isVerified: true, dateJoined: expect.any(Date) };
      expect(await find({ email: "ada@acme.test" })).toEqual(expected);
      expect(await find({ id: ada })).toEqual(expected);
    });

    it("says whether the address asked for is known to be theirs", async () => {
      await bench.app.store.transaction(async (tx) => {
        await tx.insert(tx.tables.userEmails).values({ userId: ada, email: "ada@claimed.test", isVerified: false });
      });
      expect(await find({ email: "ada@claimed.test" })).toMatchObject({ id: ada, email: "ada@claimed.test", isVerified: false });
      expect(await find({ id: ada })).toMatchObject({ email: "ada@acme.test", isVerified: true });
    });

    it("finds nobody who is unknown, in no organization, or deactivated", async () => {
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

    it("lead from what a provider calls somebody to the person, and back", async () => {
      const made = await linkIdentity(context, { userId: ada, provider: "oidc", subject: "s-1" });
      expect(made).toMatchObject({ userId: ada, provider: "oidc", subject: "s-1", dateCreated: bench.clock.now() });
      expect(await find({ provider: "oidc", subject: "s-1" })).toEqual([made]);
      expect(await find({ userId: ada })).toEqual([made]);
      expect(await find({ provider: "other", subject: "s-1" })).toEqual([]);
      expect(await find({ provider: "oidc", subject: "S-1" })).toEqual([]);
    });

    it("are one person's only", async () => {
      const ben = await bench.given.user("ben@acme.test", { organization: "acme" });
      await linkIdentity(context, { userId: ada, provider: "oidc", subject: "s-1" });
      await expect(linkIdentity(context, { userId: ben.id, provider: "oidc", subject: "s-1" })).rejects.toThrow();
      expect(await find({ userId: ben.id })).toEqual([]);
    });

    it("are in the audit log", async () => {
      await linkIdentity(context, { userId: ada, provider: "oidc", subject: "s-1" });
      const { read } = bench.app.store;
      const entries = await read.select().from(read.tables.auditLog);
      const details = { userId: ada, provider: "oidc" };
      expect(entries).toMatchObject([{ actor: `user:${ada}`, action: "identity.link", target: "s-1", details }]);
    });
  });

  describe("cookieSecret", () => {
    it("is made once, of 32 random bytes, and is the same for whoever asks", async () => {
      const [one, two] = await Promise.all([cookieSecret(context), cookieSecret(context)]);
      expect(one).toMatch(/^[0-9a-f]{64}$/);
      expect(two).toBe(one);
      expect(await cookieSecret(context)).toBe(one);
    });
  });
});
