import { type Role, ROLES } from "@landfall/schema/scope";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { refusal } from "@landfall/testing/access/refusal";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SYSTEM_ACTOR } from "../../kernel/actor.ts";
import { listMembers } from "./list.ts";
import { updateMemberRole } from "./update-and-remove.ts";

let bench: TestApp;
let as: Callers;
const acme = { organization: "acme" };
const ids = new Map<string, string>();

beforeEach(async () => {
  bench = await createTestApp();
  as = callers(bench.app, bench.given);
  await bench.given.organization("acme");
  for (const team of ["core", "edge"]) await bench.given.team("acme", team);
  for (const role of ROLES) {
    const user = await bench.given.user(`${role}@acme.test`, {
      ...acme,
      name: `The ${role}`,
      role,
      teams: role === "member" ? ["edge", "core"] : [],
    });
    ids.set(role, String(user.id));
  }
});

afterEach(() => bench.close());

const idOf = (name: string) => ids.get(name) ?? "";
const give = async (caller: Role, member: string, role: Role) =>
  updateMemberRole(await as.person(`${caller}@acme.test`), { ...acme, member: idOf(member), role });

describe("listMembers", () => {
  it("lists members by email, with role and teams", async () => {
    await bench.given.user("stranger@other.test");
    const { items } = await listMembers(await as.person("member@acme.test"), acme);
    expect(items.map(({ email, role, teams }) => [email, role, teams])).toEqual([
      ["admin@acme.test", "admin", []],
      ["manager@acme.test", "manager", []],
      ["member@acme.test", "member", ["core", "edge"]],
      ["owner@acme.test", "owner", []],
    ]);
    expect(items[2]).toEqual({
      id: idOf("member"),
      name: "The member",
      username: "member@acme.test",
      email: "member@acme.test",
      role: "member",
      isActive: true,
      dateCreated: "2020-01-01T00:00:00Z",
      lastLogin: null,
      teams: ["core", "edge"],
      createdTokens: 0,
    });
  });

  it("filters by part of a name or email, in pages", async () => {
    const context = await as.person("owner@acme.test");
    const emails = async (input: object) =>
      (await listMembers(context, { ...acme, ...input })).items.map(({ email }) => email.split("@")[0]);
    expect(await emails({ query: "THE MAN" })).toEqual(["manager"]);
    expect(await emails({ query: "m" })).toEqual(["admin", "manager", "member", "owner"]);
    expect(await emails({ per_page: 3, cursor: "3:1:0" })).toEqual(["owner"]);
  });

  it("finds a member by their entire email address, however many addresses contain it", async () => {
    for (let number = 0; number < 101; number += 1) await bench.given.user(`${number}.owner@acme.test`, acme);
    const emails = async (input: object) =>
      (await listMembers(await as.person("owner@acme.test"), { ...acme, ...input })).items.map(({ email }) => email);
    expect(await emails({ query: "owner@acme.test" })).not.toContain("owner@acme.test");
    expect(await emails({ email: "Owner@acme.test" })).toEqual(["owner@acme.test"]);
    expect(await emails({ email: "wner@acme.test" })).toEqual([]);
    expect(await emails({ email: "owner@acme.test", team: "core" })).toEqual([]);
  });

  it("refuses CI", async () => {
    await expect(listMembers(await as.ci("acme"), acme)).rejects.toThrow(refusal("forbidden"));
  });
});

describe("updateMemberRole", () => {
  it("changes the role, and records it", async () => {
    expect(await give("owner", "member", "admin")).toMatchObject({ id: idOf("member"), role: "admin", teams: ["core", "edge"] });
    const rows = await bench.app.store.read.select().from(bench.app.store.read.tables.auditLog);
    expect(rows).toMatchObject([{ action: "member.update", target: "member@acme.test", details: { from: "member", to: "admin" } }]);
  });

  it("writes nothing if the role does not change", async () => {
    expect(await give("owner", "member", "member")).toMatchObject({ role: "member" });
    expect(await bench.app.store.read.select().from(bench.app.store.read.tables.auditLog)).toEqual([]);
  });

  it.each([
    ["manager", "member", "manager", true],
    ["manager", "admin", "member", true],
    ["manager", "member", "owner", false],
    ["manager", "owner", "member", false],
    ["manager", "manager", "owner", false],
    ["admin", "member", "member", false],
    ["member", "member", "owner", false],
    ["owner", "manager", "owner", true],
  ] as [Role, Role, Role, boolean][])("lets a %s change the role of a %s to %s: %s", async (caller, member, role, isAllowed) => {
    const outcome = await give(caller, member, role).then(
      (view) => view.role,
      (error: unknown) => error,
    );
    expect(outcome).toEqual(isAllowed ? role : refusal("forbidden"));
  });

  it("keeps at least one owner who can sign in", async () => {
    await expect(give("owner", "owner", "member")).rejects.toThrow("An organization needs an owner.");
    await give("owner", "admin", "owner");
    expect(await give("owner", "owner", "member")).toMatchObject({ role: "member" });
  });

  it("keeps one owner if two step down at once", async () => {
    await give("owner", "admin", "owner");
    const [one, two] = [await as.person("owner@acme.test"), await as.person("admin@acme.test")];
    const outcomes = await Promise.allSettled([
      updateMemberRole(one, { ...acme, member: idOf("owner"), role: "member" }),
      updateMemberRole(two, { ...acme, member: idOf("admin"), role: "member" }),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("allows everything to the system", async () => {
    const context = { ...(await as.anonymous()), actor: SYSTEM_ACTOR };
    expect(await updateMemberRole(context, { ...acme, member: idOf("member"), role: "owner" })).toMatchObject({ role: "owner" });
  });

  it("refuses unknown roles and users who are not members", async () => {
    const context = await as.person("owner@acme.test");
    const call = updateMemberRole.call(context, { ...acme, member: idOf("member") }, () => ({ role: "root" }));
    await expect(call).rejects.toThrow(expect.objectContaining({ issues: [{ path: ["role"], message: '"root" is not a valid choice.' }] }));
    const { id } = await bench.given.user("stranger@other.test");
    for (const member of [String(id), "0", "x"]) {
      await expect(updateMemberRole(context, { ...acme, member, role: "member" })).rejects.toThrow(refusal("not_found"));
    }
  });
});
