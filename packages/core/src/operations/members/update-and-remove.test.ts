import { type Role, ROLES } from "@landfall/schema/scope";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { refusal } from "@landfall/testing/access/refusal";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { signIn } from "@landfall/testing/network/sign-in";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createInvitation, listInvitations } from "../invitations/manage.ts";
import { getOrganizationSummary } from "../organizations/get.ts";
import { createOrgToken, listOrgTokenDetails } from "../tokens/org-tokens.ts";
import { listMembers } from "./list.ts";
import { removeMember } from "./update-and-remove.ts";

const organization = "acme";
describe.each(["sqlite", "pglite"] as const)("removeMember over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  const ids = new Map<string, number>();
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization(organization, { teams: ["core", "edge"] });
    await bench.given.organization("globex", { teams: ["core"] });
    for (const role of ROLES) {
      const { id } = await bench.given.user(`${role}@acme.test`, { organization, role, teams: ["core", "edge"] });
      ids.set(role, id);
    }
  });
  afterEach(() => bench.close());

  const idOf = (name: string) => ids.get(name) ?? 0;
  const remove = async (caller: Role, member: Role) =>
    removeMember(await as.person(`${caller}@acme.test`), { organization, member: String(idOf(member)) });
  const emails = async () => (await listMembers(await as.person("owner@acme.test"), { organization })).items.map(({ email }) => email);

  it("removes a member from this organization and its teams only, and records it", async () => {
    const { store } = bench.app;
    await store.transaction(async (tx) => {
      const { members, teams, teamMembers } = tx.tables;
      const all = await tx.select().from(teams);
      const [team] = all.filter(({ slug }) => slug === "core").toSorted((a, b) => b.id - a.id);
      if (!team) throw new Error("no team");
      await tx
        .insert(members)
        .values({ organizationId: team.organizationId, userId: idOf("member"), role: "member", dateCreated: bench.clock.now() });
      await tx.insert(teamMembers).values({ teamId: team.id, userId: idOf("member") });
    });
    await remove("manager", "member");
    expect(await emails()).toEqual(["admin@acme.test", "manager@acme.test", "owner@acme.test"]);
    const { read } = store;
    const remaining = (await read.select().from(read.tables.teamMembers)).filter(({ userId }) => userId === idOf("member"));
    expect(remaining).toHaveLength(1);
    expect(await read.select().from(read.tables.teamMembers)).toHaveLength(7);
    const rows = await read.select().from(read.tables.auditLog);
    const details = { userId: idOf("member"), role: "member" };
    expect(rows).toMatchObject([{ action: "member.remove", target: "member@acme.test", actor: `user:${idOf("manager")}`, details }]);
  });

  it("ends the access of their sessions and tokens to this organization only", async () => {
    const browser = await signIn(bench.app, idOf("admin"));
    const token = await as.person("admin@acme.test");
    await remove("owner", "admin");
    const context = await browser.context();
    expect(context.actor).toMatchObject({ kind: "user", userId: idOf("admin") });
    for (const caller of [context, token])
      await expect(getOrganizationSummary(caller, { organization })).rejects.toThrow(refusal("not_found"));
  });

  it("revokes the invitations that they made, and those to them", async () => {
    const [owner, admin] = [await as.person("owner@acme.test"), await as.person("admin@acme.test")];
    await createInvitation(admin, { organization, email: "sock@puppet.test", role: "admin" });
    await createInvitation(owner, { organization, email: "new@acme.test", role: "admin" });
    await remove("owner", "admin");
    const { items } = await listInvitations(owner, { organization });
    expect(items.map(({ email }) => email)).toEqual(["new@acme.test"]);
  });

  it("revokes organization tokens that they created, and tokens created with those, only if requested", async () => {
    const [owner, manager] = [await as.person("owner@acme.test"), await as.person("manager@acme.test")];
    const kept = await createOrgToken(owner, { organization, name: "kept" });
    const theirs = await createOrgToken(await (await signIn(bench.app, idOf("manager"))).context(), { organization, name: "by session" });
    const child = await createOrgToken(manager, { organization, name: "by token" });
    const { items } = await listMembers(owner, { organization });
    expect(items.map(({ email, createdTokens }) => [email, createdTokens])).toEqual([
      ["admin@acme.test", 0],
      ["manager@acme.test", 2],
      ["member@acme.test", 0],
      ["owner@acme.test", 1],
    ]);
    await removeMember(owner, { organization, member: String(idOf("manager")) });
    for (const { token } of [kept, theirs, child]) expect((await as.bearer(token)).actor).not.toBeNull();
    const listed = (await listOrgTokenDetails(owner, { organization })).items;
    expect(listed.map(({ name, createdBy }) => [name, createdBy?.isMember])).toEqual([
      ["by token", false],
      ["by session", false],
      ["kept", true],
    ]);

    const again = await createOrgToken(await as.person("admin@acme.test"), { organization, name: "no" }).catch(() => null);
    expect(again).toBeNull();
    const { id } = await bench.given.user("second@acme.test", { organization, role: "manager" });
    const seconds = await createOrgToken(await as.person("second@acme.test"), { organization, name: "second's" });
    await removeMember.call(owner, { organization, member: String(id) }, () => ({ revokeTokens: true }));
    await expect(as.bearer(seconds.token)).rejects.toThrow("Invalid org token");
    expect((await as.bearer(kept.token)).actor).not.toBeNull();
  });

  it("refuses to revoke tokens for callers who may not, and then does not remove the member", async () => {
    const remover = await as.person("owner@acme.test", ["member:admin"]);
    const call = removeMember.call(remover, { organization, member: String(idOf("member")) }, () => ({ revokeTokens: true }));
    await expect(call).rejects.toThrow(refusal("forbidden"));
    expect(await emails()).toContain("member@acme.test");
  });

  it.each([
    ["manager", "manager", true],
    ["manager", "admin", true],
    ["manager", "owner", false],
    ["admin", "member", false],
    ["member", "member", false],
    ["owner", "manager", true],
  ] as [Role, Role, boolean][])("lets a %s remove a %s: %s", async (caller, member, isAllowed) => {
    if (isAllowed) await remove(caller, member);
    else await expect(remove(caller, member)).rejects.toThrow(refusal("forbidden"));
    expect((await emails()).includes(`${member}@acme.test`)).toBe(!isAllowed);
  });

  it("keeps the last owner, also if two leave at once", async () => {
    await expect(remove("owner", "owner")).rejects.toThrow("An organization needs an owner.");
    const { id } = await bench.given.user("second@acme.test", { organization, role: "owner" });
    const [one, two] = [await as.person("owner@acme.test"), await as.person("second@acme.test")];
    const outcomes = await Promise.allSettled([
      removeMember(one, { organization, member: String(idOf("owner")) }),
      removeMember(two, { organization, member: String(id) }),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("finds members of this organization only", async () => {
    const owner = await as.person("owner@acme.test");
    const { id } = await bench.given.user("x@globex.test", { organization: "globex" });
    for (const member of [String(id), "0", "x"])
      await expect(removeMember(owner, { organization, member })).rejects.toThrow(refusal("not_found"));
    await remove("owner", "member");
    await expect(remove("owner", "member")).rejects.toThrow(refusal("not_found"));
  });
});
