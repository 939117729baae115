import { type Role, ROLES, type Scope, SCOPES } from "@landfall/schema/scope";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../kernel/actor.ts";
import { smallId } from "../kernel/input.ts";
import type { Scopes } from "../kernel/operation.ts";
import { type Access, openOrganization } from "./organization-access.ts";

const EVERYTHING = new Set(SCOPES);
const people = new Map<string, number>();
let bench: TestApp;
let organizationId: number;

beforeAll(async () => {
  bench = await createTestApp();
  const { given } = bench;
  ({ id: organizationId } = await given.organization("acme", { openMembership: false }));
  await given.organization("open");
  await given.organization("42");
  for (const role of ROLES) people.set(role, (await given.user(`${role}@acme.test`, { organization: "acme", role })).id);
  people.set("guest", (await given.user("guest@acme.test", { organization: "open" })).id);
});

afterAll(() => bench.close());

const person = (name: string, scopes: ReadonlySet<Scope> = EVERYTHING): Actor => ({
  kind: "user",
  userId: people.get(name) ?? 0,
  tokenId: 1,
  scopes,
});

const ci = (id: number): Actor => ({ kind: "organization", organizationId: id, tokenId: 1, scopes: new Set(["org:ci"]) });

const open = (actor: Actor, name = "acme", scope: Scopes = SCOPES): Promise<Access> =>
  openOrganization(bench.app.store.read, actor, name, scope);

describe("an organization is found", () => {
  test("by its slug and by its id", async () => {
    expect((await open(person("owner"))).organization.slug).toBe("acme");
    expect((await open(person("owner"), String(organizationId))).organization.slug).toBe("acme");
  });

  test("digits are an id, never a slug (contract 1.3)", async () => {
    await expect(open(person("owner"), "42")).rejects.toMatchObject({ code: "not_found" });
  });

  test.each(["nope", "ACME", "", " acme", "0", "99999999999999999999", "1.0", "-1", "acme%"])("%j is not found", async (name) => {
    await expect(open(person("owner"), name)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("an organization is closed, with 404 as for one that does not exist,", () => {
  test.each<[string, () => Actor]>([
    ["to members of another one", () => person("guest")],
    ["to users without an organization", () => person("nobody")],
    ["to CI of another one", () => ci(organizationId + 1)],
    [
      "to the webhook of another one's project",
      () => ({ kind: "hook", organizationId: organizationId + 1, projectId: 1, scopes: EVERYTHING }),
    ],
  ])("%s", async (_, actor) => {
    await expect(open(actor())).rejects.toMatchObject({ code: "not_found" });
  });

  test("but not to its members: a missing scope is refused with 403", async () => {
    await expect(open(person("owner", new Set()))).rejects.toMatchObject({ code: "forbidden" });
  });

  test("with 403 over REST, as the contract prescribes", async () => {
    await expect(open(person("guest"))).rejects.toMatchObject({ restError: { code: "forbidden" } });
    await expect(open(person("guest"), "nowhere")).rejects.toMatchObject({ restError: undefined });
  });

  test("to a role without a scope of the operation, whatever the scopes of the token", async () => {
    await expect(open(person("member"), "acme", ["org:write"])).rejects.toMatchObject({ code: "forbidden" });
    expect((await open(person("manager"), "acme", ["org:write"])).role).toBe("manager");
  });
});

describe("what a caller may do", () => {
  test.each<[Role, { reachesAllProjects: boolean; ownsAllProjects: boolean }]>([
    ["member", { reachesAllProjects: false, ownsAllProjects: false }],
    ["admin", { reachesAllProjects: false, ownsAllProjects: false }],
    ["manager", { reachesAllProjects: true, ownsAllProjects: true }],
    ["owner", { reachesAllProjects: true, ownsAllProjects: true }],
  ])("as %s with closed membership", async (role, reach) => {
    expect(await open(person(role))).toMatchObject({ role, userId: people.get(role), ...reach });
  });

  test("open membership reaches every project, but owns none", async () => {
    expect(await open(person("guest"), "open")).toMatchObject({ role: "member", reachesAllProjects: true, ownsAllProjects: false });
  });

  test("CI reaches and owns every project, without a user", async () => {
    expect(await open(ci(organizationId))).toMatchObject({ role: null, userId: null, reachesAllProjects: true, ownsAllProjects: true });
  });

  test("a webhook reaches only its project; with open membership, every project, like members", async () => {
    const hook = { kind: "hook", projectId: 7, scopes: new Set<Scope>(["project:releases"]) } as const;
    const access = await open({ ...hook, organizationId });
    expect(access).toMatchObject({ role: null, userId: null, scopes: hook.scopes, projectId: 7, reachesAllProjects: false });
    expect(access.ownsAllProjects).toBe(false);
    const openOne = (await open(person("guest"), "open")).organization.id;
    expect(await open({ ...hook, organizationId: openOne }, "open")).toMatchObject({ reachesAllProjects: true, ownsAllProjects: false });
  });

  test("the system actor has its scopes", async () => {
    expect(await open({ kind: "system", scopes: EVERYTHING })).toMatchObject({ role: null, scopes: EVERYTHING, reachesAllProjects: true });
  });

  test("is limited by both the scopes of the token and of the role", async () => {
    const scopes = fc.subarray([...SCOPES], { minLength: 1 });
    const property = fc.asyncProperty(fc.constantFrom(...ROLES), scopes, async (role, held) => {
      const all = (await open(person(role))).scopes;
      const expected = held.filter((scope) => all.has(scope));
      const access = open(person(role, new Set(held)));
      if (expected.length === 0) await expect(access).rejects.toMatchObject({ code: "forbidden" });
      else expect([...(await access).scopes].toSorted()).toEqual(expected.toSorted());
    });
    await fc.assert(property, { seed: 1, numRuns: 100 });
  });

  test("grows with the role (contract 16.2)", async () => {
    const [member, admin, manager, owner] = await Promise.all(ROLES.map(async (role) => (await open(person(role))).scopes));
    expect([...(member ?? [])]).toEqual(expect.arrayContaining(["project:releases", "project:read", "org:read"]));
    expect(member?.has("project:write")).toBe(false);
    expect(admin?.isSupersetOf(new Set([...(member ?? []), "project:write", "project:admin"]))).toBe(true);
    expect(manager?.isSupersetOf(admin ?? new Set())).toBe(true);
    expect(owner?.isSupersetOf(manager ?? new Set())).toBe(true);
    expect([admin, manager, owner].map((scopes) => scopes?.has("org:admin"))).toEqual([false, false, true]);
  });
});

describe("ids in digits", () => {
  test.each([
    ["1", 1],
    ["007", 7],
    ["2147483647", 2_147_483_647],
    ["2147483648", 0],
    ["9".repeat(400), 0],
  ])("%s is %d", (digits, id) => {
    expect(smallId(digits)).toBe(id);
  });
});
