import type { Context } from "../context.ts";
import { callers, type Callers } from "@landfall/testing/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { updateOrganization } from "../organizations/update-organization.ts";
import { createOrgToken } from "./create-org-token.ts";
import { listOrgTokens } from "./list-org-tokens.ts";
import { revokeOrgToken } from "./revoke-org-token.ts";

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
  it("answers the token once, and it works at once (16.1)", async () => {
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

  it("keeps neither the token nor its secret, in its row or in the audit log", async () => {
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

  it.each(["", "   ", null, undefined, ["x"], {}, true])("refuses the name %j without naming a field", async (name) => {
    const call = createOrgToken.call(owner, acme, () => ({ name }));
    await expect(call).rejects.toThrow(refusal("invalid", "The name cannot be blank."));
  });

  it("counts characters of a name, not code units", async () => {
    expect(await createOrgToken(owner, { ...acme, name: "😀".repeat(255) })).toMatchObject({ name: "😀".repeat(255) });
    await expect(createOrgToken(owner, { ...acme, name: "x".repeat(256) })).rejects.toThrow(
      refusal("invalid", "The name cannot be longer than 255 characters."),
    );
  });

  it("may be given an end, which must lie ahead", async () => {
    const dateExpires = "2026-01-02T03:04:06Z";
    const { token } = await createOrgToken.call(owner, acme, () => ({ name: "CI", dateExpires }));
    bench.clock.set(dateExpires);
    await expect(as.bearer(token)).rejects.toThrow("Token expired");
    await expect(createOrgToken.call(owner, acme, () => ({ name: "CI", dateExpires }))).rejects.toThrow(
      "The expiry date must lie in the future.",
    );
  });

  it("is for managers and owners, and for every member only where the organization is set so", async () => {
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
  ])("is closed to %s: nobody hands on more than they have", async (_, caller) => {
    await expect(createOrgToken(await caller(), { ...acme, name: "CI" })).rejects.toThrow(refusal("forbidden"));
  });

  it("is closed to members of some teams only, whose reach is smaller than the token's", async () => {
    await bench.given.organization("closed", { openMembership: false });
    await bench.given.user("some@closed.test", { organization: "closed" });
    await bench.given.user("owner@closed.test", { organization: "closed", role: "owner" });
    await updateOrganization(await as.person("owner@closed.test"), { organization: "closed", membersCreateTokens: true });
    const call = createOrgToken(await as.person("some@closed.test"), { organization: "closed", name: "CI" });
    await expect(call).rejects.toThrow(refusal("forbidden"));
  });
});

describe("listOrgTokens", () => {
  it("lists the organization's own tokens, the newest first, without the texts", async () => {
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
  it("ends a token at once and takes it off the list", async () => {
    const { id, token } = await createOrgToken(owner, { ...acme, name: "CI" });
    await revokeOrgToken(owner, { ...acme, token: id });
    await expect(as.bearer(token)).rejects.toThrow("Invalid org token");
    expect((await listOrgTokens(owner, acme)).items).toEqual([]);
    expect((await audit()).at(-1)).toMatchObject({ action: "token.revoke", target: "CI", organization: organizationId });
  });

  it("finds no token twice, of another organization, of a person, or by nonsense", async () => {
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

  it("is for those who may change the organization", async () => {
    const { id } = await createOrgToken(owner, { ...acme, name: "CI" });
    const member = await as.person("member@acme.test");
    await expect(revokeOrgToken(member, { ...acme, token: id })).rejects.toThrow(refusal("forbidden"));
  });
});
