import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { updateOrganization } from "../organizations/update.ts";
import { createRelease } from "../releases/create.ts";
import { createOrgToken, listOrgTokenDetails, listOrgTokens, revokeOrgToken, rotateOrgToken } from "./org-tokens.ts";
import { createUserToken, listTokens } from "./user-tokens.ts";

describe("org tokens", () => {
  let bench: TestApp;
  let as: Callers;
  let owner: Context;
  let organizationId: number;

  beforeEach(async () => {
    bench = await createTestApp();
    as = callers(bench.app, bench.given);
    organizationId = (await bench.given.organization("acme")).id;
    await bench.given.user("owner@acme.test", { organization: "acme", role: "owner" });
    await bench.given.user("member@acme.test", { organization: "acme" });
    owner = await as.person("owner@acme.test");
  });
  afterEach(() => bench.close());

  const acme = { organization: "acme" };

  const refusal = (code: string, message?: string) =>
    expect.objectContaining({ code, ...(message === undefined ? {} : { message, issues: [] }) });

  const audit = async () => {
    const { auditLog } = bench.app.store.read.tables;
    const rows = await bench.app.store.read.select().from(auditLog).orderBy(asc(auditLog.id));
    return rows.map(({ action, target, organizationId: organization, details }) => ({ action, target, organization, details }));
  };

  describe("createOrgToken", () => {
    it("returns the token once, and it works immediately (16.1)", async () => {
      const made = await createOrgToken(owner, { ...acme, name: " Deploys " });
      expect(made).toEqual({
        id: expect.stringMatching(/^\d+$/),
        name: "Deploys",
        scopes: ["org:ci"],
        tokenLastCharacters: made.token.slice(-4),
        dateCreated: "2026-01-02T03:04:05.678Z",
        dateLastUsed: null,
        projectLastUsedId: null,
        token: expect.stringMatching(/^sntrys_/),
      });
      const { actor } = await as.bearer(made.token);
      expect(actor).toMatchObject({ kind: "organization", organizationId, scopes: new Set(["org:ci"]) });
    });

    it("stores neither the token nor its secret, in its row or in the audit log", async () => {
      const { token } = await createOrgToken(owner, { ...acme, name: "CI" });
      const { tokens } = bench.app.store.read.tables;
      const rows = JSON.stringify([await bench.app.store.read.select().from(tokens), await audit()]);
      expect(rows).not.toContain(token);
      expect(rows).not.toContain(token.split("_")[2]);
      expect(await audit()).toEqual([
        {
          action: "token.create",
          target: "CI",
          organization: organizationId,
          details: { id: expect.any(Number), userId: null, scopes: ["org:ci"], dateExpires: null, createdWith: expect.any(Number) },
        },
      ]);
    });

    it.each(["", "   ", null, undefined, ["x"], {}, true])("refuses the name %j without a field in the error", async (name) => {
      const call = createOrgToken.call(owner, acme, () => ({ name }));
      await expect(call).rejects.toThrow(refusal("invalid", "The name cannot be blank."));
    });

    it("counts characters of a name, not code units", async () => {
      expect(await createOrgToken(owner, { ...acme, name: "😀".repeat(255) })).toMatchObject({ name: "😀".repeat(255) });
      await expect(createOrgToken(owner, { ...acme, name: "x".repeat(256) })).rejects.toThrow(
        refusal("invalid", "The name cannot be longer than 255 characters."),
      );
    });

    it("accepts an expiry date in the future", async () => {
      const dateExpires = "2026-01-02T03:04:06Z";
      const { token } = await createOrgToken.call(owner, acme, () => ({ name: "CI", dateExpires }));
      bench.clock.set(dateExpires);
      await expect(as.bearer(token)).rejects.toThrow("Token expired");
      await expect(createOrgToken.call(owner, acme, () => ({ name: "CI", dateExpires }))).rejects.toThrow(
        "The expiry date must be in the future.",
      );
    });

    it("requires a manager or owner, unless the organization allows all members", async () => {
      await bench.given.user("admin@acme.test", { organization: "acme", role: "admin" });
      await bench.given.user("manager@acme.test", { organization: "acme", role: "manager" });
      const make = async (who: string) => createOrgToken(await as.person(`${who}@acme.test`), { ...acme, name: who });
      for (const who of ["owner", "manager"]) expect(await make(who)).toMatchObject({ name: who });
      for (const who of ["member", "admin"]) await expect(make(who)).rejects.toThrow(refusal("forbidden"));
      expect(await updateOrganization(owner, { ...acme, membersCreateTokens: true })).toMatchObject({ membersCreateTokens: true });
      for (const who of ["member", "admin"]) expect(await make(who)).toMatchObject({ name: who });
      await updateOrganization(owner, { ...acme, membersCreateTokens: false });
      await expect(make("member")).rejects.toThrow(refusal("forbidden"));
    });

    it.each([
      ["a token that only reads", () => as.person("owner@acme.test", ["org:read", "project:read"])],
      ["CI", () => as.ci("acme")],
    ])("refuses %s, who would pass on more access than they have", async (_, caller) => {
      await expect(createOrgToken(await caller(), { ...acme, name: "CI" })).rejects.toThrow(refusal("forbidden"));
    });

    it("refuses members of some teams only, whose reach is smaller than the token's", async () => {
      await bench.given.organization("closed", { openMembership: false });
      await bench.given.user("some@closed.test", { organization: "closed" });
      await bench.given.user("owner@closed.test", { organization: "closed", role: "owner" });
      await updateOrganization(await as.person("owner@closed.test"), { organization: "closed", membersCreateTokens: true });
      const call = createOrgToken(await as.person("some@closed.test"), { organization: "closed", name: "CI" });
      await expect(call).rejects.toThrow(refusal("forbidden"));
    });
  });

  describe("listOrgTokens", () => {
    it("lists the organization's tokens, newest first, without their text", async () => {
      for (const name of ["one", "two", "three"]) await createOrgToken(owner, { ...acme, name });
      await bench.given.organization("other");
      await bench.given.orgToken("other");
      const { items, next } = await listOrgTokens(owner, { ...acme, per_page: 2 });
      expect(items.map(({ name }) => name)).toEqual(["three", "two"]);
      expect(items[0]).not.toHaveProperty("token");
      const rest = await listOrgTokens(owner, { ...acme, per_page: 2, cursor: next?.cursor });
      expect(rest.items.map(({ name }) => name)).toEqual(["one"]);
      expect(rest.next?.hasResults).toBe(false);
    });
  });

  describe("revokeOrgToken", () => {
    it("revokes a token immediately and removes it from the list", async () => {
      const { id, token } = await createOrgToken(owner, { ...acme, name: "CI" });
      await revokeOrgToken(owner, { ...acme, token: id });
      await expect(as.bearer(token)).rejects.toThrow("Invalid org token");
      expect((await listOrgTokens(owner, acme)).items).toEqual([]);
      expect((await audit()).at(-1)).toMatchObject({ action: "token.revoke", target: "CI", organization: organizationId });
    });

    it("does not find revoked tokens, tokens of other organizations or users, or invalid ids", async () => {
      const { id } = await createOrgToken(owner, { ...acme, name: "CI" });
      await revokeOrgToken(owner, { ...acme, token: id });
      await bench.given.organization("other");
      const foreign = (await as.ci("other")).actor;
      const own = owner.actor;
      const ids = [
        id,
        ...[foreign, own].map((actor) => (actor && "tokenId" in actor ? String(actor.tokenId) : "")),
        "0",
        "x",
        "9".repeat(30),
      ];
      for (const token of ids) await expect(revokeOrgToken(owner, { ...acme, token })).rejects.toThrow(refusal("not_found"));
    });

    it("requires a scope that may change the organization", async () => {
      const { id } = await createOrgToken(owner, { ...acme, name: "CI" });
      const member = await as.person("member@acme.test");
      await expect(revokeOrgToken(member, { ...acme, token: id })).rejects.toThrow(refusal("forbidden"));
    });
  });
});

describe("browse org tokens", () => {
  let bench: TestApp;
  let as: Callers;
  let owner: Context;
  const acme = { organization: "acme" };

  beforeEach(async () => {
    bench = await createTestApp();
    as = callers(bench.app, bench.given);
    await bench.given.organization("acme", { openMembership: false, teams: ["web"], projects: { web: "web" } });
    await bench.given.user("owner@acme.test", { ...acme, name: "Olga", role: "owner" });
    await bench.given.user("web@acme.test", { ...acme, teams: ["web"] });
    await bench.given.user("none@acme.test", acme);
    owner = await as.person("owner@acme.test");
  });
  afterEach(() => bench.close());

  /** Reports a release with a token, and stores its last use. */
  async function use(token: string): Promise<void> {
    await createRelease(await as.bearer(token), { ...acme, version: "1.0", projects: ["web"] });
    await bench.recordTokenUses();
  }

  describe("browseOrgTokens", () => {
    it("returns the creator, the expiry date and the last use of a token", async () => {
      const made = await createOrgToken.call(owner, acme, () => ({ name: "CI", dateExpires: "2026-02-01T00:00:00Z" }));
      bench.clock.advance(1000);
      await use(made.token);
      expect((await listOrgTokenDetails(owner, acme)).items).toEqual([
        {
          id: made.id,
          kind: "organization",
          name: "CI",
          scopes: ["org:ci"],
          tokenLastCharacters: made.token.slice(-4),
          dateCreated: "2026-01-02T03:04:05.678Z",
          dateExpires: "2026-02-01T00:00:00Z",
          dateLastUsed: "2026-01-02T03:04:06.678Z",
          lastUsedClient: "sentry-cli/3.8.0",
          createdBy: { id: expect.stringMatching(/^\d+$/), name: "Olga", email: "owner@acme.test", isMember: true },
          hasParent: true,
          children: 0,
          projectLastUsed: { organization: "acme", slug: "web", name: "web" },
        },
      ]);
    });

    it("returns the project of the last use only to callers who reach it, as the list of REST does", async () => {
      const { token } = await createOrgToken(owner, { ...acme, name: "CI" });
      await use(token);
      const projectSeenBy = async (email: string) => {
        const caller = await as.person(email);
        const [details] = (await listOrgTokenDetails(caller, acme)).items;
        const [listed] = (await listOrgTokens(caller, acme)).items;
        return [details?.projectLastUsed?.slug ?? null, listed?.projectLastUsedId];
      };
      expect(await projectSeenBy("web@acme.test")).toEqual(["web", expect.stringMatching(/^\d+$/)]);
      expect(await projectSeenBy("none@acme.test")).toEqual([null, null]);
    });

    it("lists unused tokens without a creator and tokens that are being replaced, but not revoked ones", async () => {
      await bench.given.orgToken("acme");
      const old = await createOrgToken(owner, { ...acme, name: "old" });
      const gone = await createOrgToken(owner, { ...acme, name: "gone" });
      await revokeOrgToken(owner, { ...acme, token: gone.id });
      await rotateOrgToken(owner, { ...acme, token: old.id });
      const { items } = await listOrgTokenDetails(owner, acme);
      expect(items.map(({ name, dateExpires, createdBy }) => [name, dateExpires, createdBy?.name ?? null])).toEqual([
        ["old", null, "Olga"],
        ["old", "2026-01-03T03:04:05.678Z", "Olga"],
        [expect.stringMatching(/^token/), null, null],
      ]);
    });

    it("has pages, with the same number of statements for any number of tokens", async () => {
      for (let made = 0; made < 5; made += 1) await createOrgToken(owner, { ...acme, name: `t${made}` });
      const counted = countedStore(bench.app.store);
      const context = { ...owner, store: counted.store };
      const first = await listOrgTokenDetails(context, { ...acme, per_page: "3" });
      expect(counted.taken()).toBe(3);
      const rest = await listOrgTokenDetails(context, { ...acme, per_page: "3", cursor: first.next?.cursor });
      expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(["t4", "t3", "t2", "t1", "t0"]);
    });

    it("lists nothing of another organization, and refuses its members and CI", async () => {
      await createOrgToken(owner, { ...acme, name: "CI" });
      await bench.given.organization("globex");
      await bench.given.user("eve@globex.test", { organization: "globex", role: "owner" });
      const eve = await as.person("eve@globex.test");
      expect((await listOrgTokenDetails(eve, { organization: "globex" })).items).toEqual([]);
      await expect(listOrgTokenDetails(eve, acme)).rejects.toMatchObject({ code: "not_found" });
      await expect(listOrgTokenDetails(await as.ci("acme"), acme)).rejects.toMatchObject({ code: "forbidden" });
    });
  });

  describe("listTokens", () => {
    it("returns the project of the last use of a personal token, while the user is a member of its organization", async () => {
      const { token } = await createUserToken(owner, { name: "laptop", scopes: ["project:releases"] });
      await use(token);
      const seen = async () => (await listTokens(owner, {})).items[0];
      expect(await seen()).toMatchObject({
        name: "laptop",
        createdBy: { name: "Olga" },
        projectLastUsed: { organization: "acme", slug: "web" },
      });
      await bench.app.store.transaction(async (tx) => {
        const { members } = tx.tables;
        await tx.delete(members).where(eq(members.role, "owner"));
      });
      expect(await seen()).toMatchObject({ name: "laptop", lastUsedClient: "sentry-cli/3.8.0", projectLastUsed: null });
    });
  });
});
