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
  /** Creates a token in a session, and further tokens with it. */
  const createFamily = async () => {
    const parent = await make(await browser.context(), "parent");
    const child = await make(await as.bearer(parent.token), "child");
    const ofOrganization = await createOrgToken(await as.bearer(child.token), { ...acme, name: "CI" });
    return { parent, child, ofOrganization };
  };
  const isActive = async ({ token }: { token: string }) =>
    as.bearer(token).then(
      () => true,
      () => false,
    );
  const list = async () => {
    const { items } = await listTokens(await browser.context(), {});
    return Object.fromEntries(items.map(({ name, children, hasParent }) => [name, { children, hasParent }]));
  };

  it("are all revoked with it, each with an audit event", async () => {
    const { parent, child, ofOrganization } = await createFamily();
    const other = await make(await browser.context(), "other");
    expect(await list()).toEqual({
      parent: { children: 1, hasParent: false },
      child: { children: 1, hasParent: true },
      other: { children: 0, hasParent: false },
    });
    await revokeToken(await browser.context(), { token: parent.id });
    for (const token of [parent, child, ofOrganization]) expect(await isActive(token)).toBe(false);
    expect(await isActive(other)).toBe(true);
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

  it("do not affect the token they were created with", async () => {
    const { parent, child, ofOrganization } = await createFamily();
    await revokeToken(await browser.context(), { token: child.id });
    expect([await isActive(parent), await isActive(child), await isActive(ofOrganization)]).toEqual([true, false, false]);
  });

  it("never expire after it", async () => {
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
    expect(await isActive(ci)).toBe(false);
  });

  it("cannot be created with a token that another request has revoked meanwhile", async () => {
    const parent = await make(await browser.context(), "parent");
    const caller = await as.bearer(parent.token);
    await revokeToken(await browser.context(), { token: parent.id });
    await expect(make(caller, "late")).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await list()).toEqual({});
  });

  describe("when a token is rotated", () => {
    it("by itself, the new one expires no later than the old one, and is revoked with it", async () => {
      const old = await make(await browser.context(), "old", "2026-02-01");
      bench.clock.advance(100 * HOUR);
      const made = await rotateToken(await as.bearer(old.token), { token: old.id, dateExpires: null });
      expect(made.dateExpires).toBe("2026-02-01T00:00:00Z");
      await revokeToken(await browser.context(), { token: old.id });
      expect(await isActive(made)).toBe(false);
    });

    it("the new one may revoke the old one, and still works", async () => {
      const old = await make(await browser.context(), "old");
      const made = await rotateToken(await as.bearer(old.token), { token: old.id });
      await revokeToken(await as.bearer(made.token), { token: old.id });
      expect([await isActive(old), await isActive(made)]).toEqual([false, true]);
    });

    it("the new one still works after the old one has expired and is revoked", async () => {
      const old = await make(await browser.context(), "old");
      const made = await rotateToken(await as.bearer(old.token), { token: old.id });
      bench.clock.advance(25 * HOUR);
      await revokeToken(await browser.context(), { token: old.id });
      expect(await isActive(made)).toBe(true);
    });

    it("by its owner, tokens created with the old one belong to the new one, and expire no later", async () => {
      const { parent, child, ofOrganization } = await createFamily();
      const made = await rotateToken(await browser.context(), { token: parent.id, dateExpires: "2026-03-01" });
      await revokeToken(await browser.context(), { token: parent.id });
      for (const token of [made, child, ofOrganization]) expect(await isActive(token)).toBe(true);
      expect(await list()).toMatchObject({ child: { hasParent: true, children: 1 } });
      bench.clock.set("2026-03-01T00:00:00Z");
      for (const token of [child, ofOrganization]) expect(await isActive(token)).toBe(false);
    });

    it("a new organization token still belongs to the token it was created with", async () => {
      const { parent, ofOrganization } = await createFamily();
      const made = await rotateOrgToken(await browser.context(), { ...acme, token: ofOrganization.id });
      await revokeToken(await browser.context(), { token: parent.id });
      expect(await isActive(made)).toBe(false);
    });
  });
});
