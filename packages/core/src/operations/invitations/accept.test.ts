import { WEEK } from "@landfall/domain/durations";
import type { Role } from "@landfall/schema/scope";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { refusal } from "@landfall/testing/access/refusal";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { signIn } from "@landfall/testing/network/sign-in";
import { rowCounts } from "@landfall/testing/stores/wrapped-stores";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { linkIdentity } from "../accounts/identities.ts";
import { checkSignIn } from "../accounts/sign-in.ts";
import { listMembers } from "../members/list.ts";
import { acceptInvitation, describeInvitationLink, redeemInvitation } from "./accept.ts";
import { createInvitation, revokeInvitation } from "./manage.ts";

const organization = "acme";
const password = "correct horse";

describe.each(["sqlite", "pglite"] as const)("over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let owner: Context;
  let anonymous: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization(organization, { teams: ["first", "second"] });
    await bench.given.organization("globex");
    await bench.given.user("owner@acme.test", { organization, role: "owner" });
    [owner, anonymous] = [await as.person("owner@acme.test"), await as.anonymous()];
  });
  afterEach(() => bench.close());

  const invite = async (email = "new@acme.test", role: Role = "member", team?: string) => {
    const { id, url } = await createInvitation(owner, { organization, email, role, ...(team === undefined ? {} : { team }) });
    return { id, secret: url.split("/").at(-1) ?? "" };
  };
  const members = async () =>
    (await listMembers(owner, { organization })).items.map(({ email, role, teams }) => [email, role, teams.join()]);
  const audited = async (action: string) => {
    const { auditLog } = bench.app.store.read.tables;
    return bench.app.store.read.select().from(auditLog).where(eq(auditLog.action, action));
  };
  const state = async (secret: string) => (await describeInvitationLink(bench.app.store.read, secret, bench.clock.now())).state;
  const owns = ["owner@acme.test", "owner", ""];

  describe("useInvitation", () => {
    it("creates an account and a membership for the invited person, who can then sign in", async () => {
      const { id, secret } = await invite("New@Acme.test", "admin");
      const { user, organization: joined } = await redeemInvitation(anonymous, { secret, password, name: " Ada " });
      expect(joined).toEqual({ slug: "acme", name: "acme" });
      expect(user).toMatchObject({ name: "Ada", email: "new@acme.test", hasPasswordAuth: true, emails: [{ email: "new@acme.test" }] });
      expect(await members()).toEqual([["new@acme.test", "admin", "first"], owns]);
      expect(await checkSignIn(anonymous, { email: "new@acme.test", password }, "192.0.2.1")).toMatchObject({ id: Number(user.id) });
      const details = { userId: Number(user.id), role: "admin", team: "first", invitation: Number(id) };
      expect(await audited("member.join")).toMatchObject([{ actor: `user:${user.id}`, target: "new@acme.test", details }]);
      expect(await state(secret)).toBe("used");
    });

    it("adds the member to the team of the invitation, or to the first team", async () => {
      await redeemInvitation(anonymous, { secret: (await invite("a@acme.test", "member", "second")).secret, password });
      expect(await members()).toEqual([["a@acme.test", "member", "second"], owns]);
      const other = await as.person("owner@acme.test");
      await bench.given.user("boss@globex.test", { organization: "globex", role: "owner" });
      const boss = await as.person("boss@globex.test");
      const made = await createInvitation(boss, { organization: "globex", email: "b@globex.test", role: "member" });
      await redeemInvitation(other, { secret: made.url.split("/").at(-1) ?? "", password });
      const { items } = await listMembers(boss, { organization: "globex" });
      expect(items.map(({ email, teams }) => [email, teams])).toEqual([
        ["b@globex.test", ["globex"]],
        ["boss@globex.test", []],
      ]);
    });

    it("works once, even for concurrent attempts", async () => {
      const { secret } = await invite();
      const outcomes = await Promise.allSettled(Array.from({ length: 3 }, () => redeemInvitation(anonymous, { secret, password })));
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected", "rejected"]);
      expect(outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []))).toEqual([
        refusal("conflict"),
        refusal("conflict"),
      ]);
      expect(await members()).toHaveLength(2);
    });

    it("does not work if expired, revoked, replaced or unknown, and then creates nothing", async () => {
      const [revoked, replaced] = [await invite("a@acme.test"), await invite("b@acme.test")];
      const expired = await invite("b@acme.test");
      await revokeInvitation(owner, { organization, invitation: revoked.id });
      bench.clock.advance(WEEK);
      const before = await rowCounts(bench.app.store);
      for (const [secret, code, message] of [
        [revoked.secret, "conflict", /revoked/],
        [replaced.secret, "conflict", /replaced/],
        [expired.secret, "conflict", /^This invitation has expired\./],
        ["0".repeat(64), "not_found", /^This invitation is unknown\./],
      ] as const)
        await expect(redeemInvitation(anonymous, { secret, password })).rejects.toThrow(refusal(code, message));
      expect(await rowCounts(bench.app.store)).toEqual(before);
    });

    it.each([
      [{ password: "short" }, "password"],
      [{ name: "x".repeat(65) }, "name"],
      [{ secret: "" }, "secret"],
    ])("stays usable after the invalid input %j", async (input, path) => {
      const { secret } = await invite();
      const call = redeemInvitation(anonymous, { secret, password, ...input });
      await expect(call).rejects.toMatchObject({ code: "invalid", issues: [{ path: [path] }] });
      expect(await redeemInvitation(anonymous, { secret, password })).toMatchObject({ user: { name: "new@acme.test" } });
    });

    it.each(["a password", "an identity", "another organization", "deactivated", "only tokens"])(
      "takes over no account, whose user must sign in: %s",
      async (what) => {
        const { id: userId } = await bench.given.user("ada@globex.test", what === "another organization" ? { organization: "globex" } : {});
        const { store } = bench.app;
        const change = { "a password": { passwordHash: "x" }, deactivated: { isActive: false } }[what];
        if (change) await store.transaction((tx) => tx.update(tx.tables.users).set(change).where(eq(tx.tables.users.id, userId)));
        if (what === "an identity") await linkIdentity(anonymous, { userId, provider: "oidc", subject: "1", email: null });
        const { secret } = await invite("ada@globex.test");
        await expect(redeemInvitation(anonymous, { secret, password })).rejects.toMatchObject({ code: "conflict", reason: "has_account" });
        expect([await state(secret), await members()]).toEqual(["unused", [owns]]);
      },
    );
  });

  describe("acceptInvitation", () => {
    it("adds a signed-in user with the email as a member, and keeps their password", async () => {
      const { id } = await bench.given.user("ada@globex.test", { organization: "globex" });
      const ada = await (await signIn(bench.app, id)).context();
      const { secret } = await invite("ada@globex.test", "manager", "second");
      expect(await acceptInvitation(ada, { secret })).toEqual({ organization: { slug: "acme", name: "acme" } });
      expect(await members()).toEqual([["ada@globex.test", "manager", "second"], owns]);
      await expect(acceptInvitation(ada, { secret })).rejects.toThrow(refusal("conflict"));
      expect(await audited("member.join")).toMatchObject([{ actor: `user:${id}`, target: "ada@globex.test" }]);
    });

    it("requires that the invited email is a verified email of the user", async () => {
      const { id: adaId } = await bench.given.user("ada@globex.test");
      const { id: eveId } = await bench.given.user("eve@globex.test");
      const add = (userId: number, email: string, isVerified: boolean) =>
        bench.app.store.transaction((tx) => tx.insert(tx.tables.userEmails).values({ userId, email, isVerified }));
      await add(adaId, "ada@home.test", true);
      await add(eveId, "eve@home.test", false);
      const [ada, eve] = [await (await signIn(bench.app, adaId)).context(), await (await signIn(bench.app, eveId)).context()];
      const [adaInvitation, other] = [await invite("ada@home.test"), await invite("eve@home.test")];
      for (const { secret } of [adaInvitation, other])
        await expect(acceptInvitation(eve, { secret })).rejects.toThrow(
          refusal("forbidden", /@home\.test, which is not your email address\./),
        );
      expect([await state(adaInvitation.secret), await members()]).toEqual(["unused", [owns]]);
      await acceptInvitation(ada, { secret: adaInvitation.secret });
      expect(await members()).toEqual([["ada@globex.test", "member", "first"], owns]);
    });

    it("keeps the role of a user who became a member meanwhile", async () => {
      const { secret } = await invite("ada@acme.test", "owner");
      const { id } = await bench.given.user("ada@acme.test", { organization, role: "member" });
      await acceptInvitation(await (await signIn(bench.app, id)).context(), { secret });
      expect(await members()).toEqual([["ada@acme.test", "member", ""], owns]);
      expect(await state(secret)).toBe("used");
    });

    it("refuses tokens, missing credentials, and invalid invitations", async () => {
      const { id } = await bench.given.user("ada@acme.test");
      const { secret } = await invite("ada@acme.test");
      await expect(acceptInvitation(await as.person("ada@acme.test"), { secret })).rejects.toThrow(refusal("forbidden", /signed-in user/));
      await expect(acceptInvitation(anonymous, { secret })).rejects.toThrow(refusal("unauthenticated"));
      const ada = await (await signIn(bench.app, id)).context();
      await expect(acceptInvitation(ada, { secret: "nope" })).rejects.toThrow(refusal("not_found"));
      bench.clock.advance(WEEK);
      await expect(acceptInvitation(ada, { secret })).rejects.toThrow(refusal("conflict", /expired/));
    });
  });
});
