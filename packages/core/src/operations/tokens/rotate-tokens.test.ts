import { HOUR } from "@landfall/domain/durations";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { refusal } from "@landfall/testing/access/refusal";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { signIn } from "@landfall/testing/network/sign-in";
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createOrgToken, listOrgTokens, revokeOrgToken, rotateOrgToken } from "./org-tokens.ts";
import { createUserToken, listTokens, revokeToken, rotateToken } from "./user-tokens.ts";

const acme = { organization: "acme" };

describe.each(["sqlite", "pglite"] as const)("over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let owner: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization("acme");
    await bench.given.user("owner@acme.test", { ...acme, role: "owner" });
    await bench.given.user("member@acme.test", acme);
    owner = await as.person("owner@acme.test");
  });
  afterEach(() => bench.close());

  const audit = async () => {
    const { auditLog } = bench.app.store.read.tables;
    const rows = await bench.app.store.read.select().from(auditLog).orderBy(asc(auditLog.id));
    return rows.map(({ action, target, details }) => ({ action, target, details }));
  };
  const make = (dateExpires?: string) => createOrgToken.call(owner, acme, () => ({ name: "CI", dateExpires }));
  const rotate = (token: string, input: object = {}) => rotateOrgToken.call(owner, { ...acme, token }, () => input);

  describe("rotateOrgToken", () => {
    it("returns a new token of the same name once, and both work for 24 hours", async () => {
      const old = await make();
      const made = await rotate(old.id);
      expect(made).toEqual({
        id: expect.not.stringMatching(`^${old.id}$`),
        name: "CI",
        scopes: ["org:ci"],
        tokenLastCharacters: made.token.slice(-4),
        dateCreated: "2026-01-02T03:04:05.678Z",
        dateExpires: null,
        dateLastUsed: null,
        projectLastUsedId: null,
        token: expect.stringMatching(/^sntrys_/),
        replaced: { id: old.id, dateExpires: "2026-01-03T03:04:05.678Z" },
      });
      expect(made.token).not.toBe(old.token);
      bench.clock.advance(24 * HOUR - 1);
      for (const { token } of [old, made]) expect((await as.bearer(token)).actor).toMatchObject({ scopes: new Set(["org:ci"]) });
      bench.clock.advance(1);
      await expect(as.bearer(old.token)).rejects.toThrow("Token expired");
      expect((await as.bearer(made.token)).actor).toMatchObject({ kind: "organization" });
    });

    it("never extends the old token", async () => {
      const old = await make("2026-01-02T04:00:00Z");
      expect((await rotate(old.id)).replaced.dateExpires).toBe("2026-01-02T04:00:00Z");
    });

    it("gives the new token the lifetime of the old one by default", async () => {
      const old = await make("2026-02-01T03:04:05.678Z");
      bench.clock.advance(10 * HOUR);
      expect((await rotate(old.id)).dateExpires).toBe("2026-02-01T13:04:05.678Z");
      expect((await rotate(old.id, { dateExpires: null })).dateExpires).toBeNull();
      expect((await rotate(old.id, { dateExpires: "2026-03-01" })).dateExpires).toBe("2026-03-01T00:00:00Z");
      await expect(rotate(old.id, { dateExpires: "2026-01-01" })).rejects.toThrow("The expiry date must be in the future.");
    });

    it("limits the expiry date to the last representable one", async () => {
      const old = await make("9999-12-31T23:00:00Z");
      bench.clock.advance(2 * HOUR);
      expect((await rotate(old.id)).dateExpires).toBe("9999-12-31T23:59:59.999Z");
    });

    it("refuses a token that is revoked or expired", async () => {
      const [revoked, ended] = [await make(), await make("2026-01-02T04:00:00Z")];
      await revokeOrgToken(owner, { ...acme, token: revoked.id });
      bench.clock.advance(HOUR);
      const before = await audit();
      await expect(rotate(revoked.id)).rejects.toThrow(refusal("conflict", /^This token was revoked at 2026-01-02T03:04:05.678Z/));
      await expect(rotate(ended.id)).rejects.toThrow(refusal("conflict", /^This token expired at 2026-01-02T04:00:00Z/));
      expect((await listOrgTokens(owner, acme)).items).toHaveLength(1);
      expect(await audit()).toEqual(before);
    });

    it("records an audit event of both tokens, without the secret", async () => {
      const old = await make();
      const made = await rotate(old.id);
      expect((await audit()).slice(1)).toEqual([
        { action: "token.create", target: "CI", details: expect.objectContaining({ id: Number(made.id), scopes: ["org:ci"] }) },
        {
          action: "token.rotate",
          target: "CI",
          details: {
            id: Number(old.id),
            lastCharacters: old.token.slice(-4),
            newId: Number(made.id),
            dateExpires: "2026-01-03T03:04:05.678Z",
          },
        },
      ]);
      expect(JSON.stringify(await audit())).not.toContain(made.token.split("_")[2]);
    });

    it("requires access to create and revoke tokens of this organization", async () => {
      const { id: token } = await make();
      for (const caller of [await as.person("member@acme.test"), await as.ci("acme"), await as.person("owner@acme.test", ["org:write"])]) {
        await expect(rotateOrgToken(caller, { ...acme, token })).rejects.toThrow(refusal("forbidden"));
      }
      const own = await createUserToken(owner, { name: "own", scopes: ["org:read"] });
      for (const id of [own.id, "0", "x"]) await expect(rotate(id)).rejects.toThrow(refusal("not_found"));
    });
  });

  describe("rotateToken", () => {
    it("replaces personal tokens, including the current one", async () => {
      const old = await createUserToken(owner, { name: "laptop", scopes: ["org:read", "project:read"] });
      const made = await rotateToken(await as.bearer(old.token), { token: old.id });
      expect(made).toMatchObject({
        name: "laptop",
        scopes: ["org:read", "project:read"],
        replaced: { id: old.id, dateExpires: "2026-01-03T03:04:05.678Z" },
        token: expect.stringMatching(/^sntryu_[0-9a-f]{64}$/),
      });
      expect((await as.bearer(made.token)).actor).toMatchObject({ scopes: new Set(["org:read", "project:read"]) });
      const { items } = await listTokens(owner, {});
      expect(items.find(({ id }) => id === old.id)?.dateExpires).toBe("2026-01-03T03:04:05.678Z");
    });

    it("never gives the new token more than the token of the call", async () => {
      const strong = await createUserToken(owner, { name: "strong", scopes: ["org:admin", "org:read"] });
      const weak = await as.person("owner@acme.test", ["org:read"]);
      await expect(rotateToken(weak, { token: strong.id })).rejects.toThrow(refusal("forbidden", /scopes of the token: org:admin\./));
      const { id } = await bench.given.user("ada@acme.test");
      const ada = await as.person("ada@acme.test");
      const hers = await createUserToken(ada, { name: "hers", scopes: ["org:admin"] });
      const browser = await signIn(bench.app, id);
      expect(await rotateToken(await browser.context(), { token: hers.id })).toMatchObject({ scopes: ["org:admin"] });
    });

    it("does not find tokens of others, refuses revoked ones, and requires a user", async () => {
      const mine = await createUserToken(owner, { name: "mine", scopes: ["org:read"] });
      await expect(rotateToken(await as.person("member@acme.test"), { token: mine.id })).rejects.toThrow(refusal("not_found"));
      await expect(rotateToken(await as.ci("acme"), { token: mine.id })).rejects.toThrow(refusal("forbidden"));
      await revokeToken(owner, { token: mine.id });
      await expect(rotateToken(owner, { token: mine.id })).rejects.toThrow(refusal("conflict", /was revoked/));
    });
  });
});
