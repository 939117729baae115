import { HOUR } from "@landfall/domain/durations";
import type { Scope } from "@landfall/schema/scope";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { type SignedInBrowser, signIn } from "@landfall/testing/network/sign-in";
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createOrgToken, rotateOrgToken } from "./org-tokens.ts";
import { createUserToken, listTokens, revokeToken, rotateToken } from "./user-tokens.ts";

const acme = { organization: "acme" };
const SCOPES: Scope[] = ["org:write", "org:read", "project:releases"];

describe.each(["sqlite", "pglite"] as const)("tokens created with a token, over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let browser: SignedInBrowser;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization("acme");
    const { id } = await bench.given.user("olga@acme.test", { ...acme, role: "owner" });
    browser = await signIn(bench.app, id);
  });
  afterEach(() => bench.close());

  const make = (context: Context, name: string, dateExpires: string | null = null) =>
    createUserToken.call(context, {}, () => ({ name, scopes: SCOPES, dateExpires }));
  /** A token that the person created while signed in, and what is created with it. */
  const family = async () => {
    const parent = await make(await browser.context(), "parent");
    const child = await make(await as.bearer(parent.token), "child");
    const ofOrganization = await createOrgToken(await as.bearer(child.token), { ...acme, name: "CI" });
    return { parent, child, ofOrganization };
  };
  const works = async ({ token }: { token: string }) =>
    as.bearer(token).then(
      () => true,
      () => false,
    );
  const list = async () => {
    const { items } = await listTokens(await browser.context(), {});
    return Object.fromEntries(items.map(({ name, children, hasParent }) => [name, { children, hasParent }]));
  };

  it("end with it when it is revoked, down to the last, each with an audit event", async () => {
    const { parent, child, ofOrganization } = await family();
    const other = await make(await browser.context(), "other");
    expect(await list()).toEqual({
      parent: { children: 1, hasParent: false },
      child: { children: 1, hasParent: true },
      other: { children: 0, hasParent: false },
    });
    await revokeToken(await browser.context(), { token: parent.id });
    for (const token of [parent, child, ofOrganization]) expect(await works(token)).toBe(false);
    expect(await works(other)).toBe(true);
    const { auditLog } = bench.app.store.read.tables;
    const entries = await bench.app.store.read.select().from(auditLog).orderBy(asc(auditLog.id));
    expect(
      entries.filter(({ action }) => action === "token.revoke").map(({ target, details }) => [target, details?.["createdWith"]]),
    ).toEqual([
      ["parent", undefined],
      ["child", Number(parent.id)],
      ["CI", Number(child.id)],
    ]);
  });

  it("leave the one they were created with alone", async () => {
    const { parent, child, ofOrganization } = await family();
    await revokeToken(await browser.context(), { token: child.id });
    expect([await works(parent), await works(child), await works(ofOrganization)]).toEqual([true, false, false]);
  });

  it("never outlive it", async () => {
    const end = "2026-02-01T00:00:00Z";
    const parent = await as.bearer((await make(await browser.context(), "parent", end)).token);
    const [endless, later, earlier] = [
      await make(parent, "endless"),
      await make(parent, "later", "2027-01-01"),
      await make(parent, "earlier", "2026-01-20"),
    ];
    expect([endless.dateExpires, later.dateExpires, earlier.dateExpires]).toEqual([end, end, "2026-01-20T00:00:00Z"]);
    const ci = await createOrgToken(parent, { ...acme, name: "CI" });
    bench.clock.set(end);
    expect(await works(ci)).toBe(false);
  });

  it("cannot be created with one that another request has revoked meanwhile", async () => {
    const parent = await make(await browser.context(), "parent");
    const caller = await as.bearer(parent.token);
    await revokeToken(await browser.context(), { token: parent.id });
    await expect(make(caller, "late")).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await list()).toEqual({});
  });

  describe("when a token is rotated", () => {
    it("by itself, the new one lives no longer than the old one was to, and is revoked with it", async () => {
      const old = await make(await browser.context(), "old", "2026-02-01");
      bench.clock.advance(100 * HOUR);
      const made = await rotateToken(await as.bearer(old.token), { token: old.id, dateExpires: null });
      expect(made.dateExpires).toBe("2026-02-01T00:00:00Z");
      await revokeToken(await browser.context(), { token: old.id });
      expect(await works(made)).toBe(false);
    });

    it("the new one may revoke the old one, and goes on", async () => {
      const old = await make(await browser.context(), "old");
      const made = await rotateToken(await as.bearer(old.token), { token: old.id });
      await revokeToken(await as.bearer(made.token), { token: old.id });
      expect([await works(old), await works(made)]).toEqual([false, true]);
    });

    it("the new one goes on when the old one, which has expired by then, is tidied away", async () => {
      const old = await make(await browser.context(), "old");
      const made = await rotateToken(await as.bearer(old.token), { token: old.id });
      bench.clock.advance(25 * HOUR);
      await revokeToken(await browser.context(), { token: old.id });
      expect(await works(made)).toBe(true);
    });

    it("by its owner, what was created with the old one goes on with the new one, no longer than it", async () => {
      const { parent, child, ofOrganization } = await family();
      const made = await rotateToken(await browser.context(), { token: parent.id, dateExpires: "2026-03-01" });
      await revokeToken(await browser.context(), { token: parent.id });
      for (const token of [made, child, ofOrganization]) expect(await works(token)).toBe(true);
      expect(await list()).toMatchObject({ child: { hasParent: true, children: 1 } });
      bench.clock.set("2026-03-01T00:00:00Z");
      for (const token of [child, ofOrganization]) expect(await works(token)).toBe(false);
    });

    it("a new organization token stays below the one it was created with", async () => {
      const { parent, ofOrganization } = await family();
      const made = await rotateOrgToken(await browser.context(), { ...acme, token: ofOrganization.id });
      await revokeToken(await browser.context(), { token: parent.id });
      expect(await works(made)).toBe(false);
    });
  });
});
