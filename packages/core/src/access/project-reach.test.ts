import { SCOPES } from "@landfall/schema/scope";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../kernel/actor.ts";
import { type Access, openOrganization } from "./organization-access.ts";
import { ownProjects, type ProjectReach, reachableProjects, reaches } from "./project-reach.ts";

const people = new Map<string, number>();
const projects = new Map<string, number>();
let bench: TestApp;

beforeAll(async () => {
  bench = await createTestApp();
  const { given } = bench;
  for (const organization of ["open", "closed"]) {
    await given.organization(organization, { openMembership: organization === "open" });
    for (const team of ["a", "b"]) await given.team(organization, team);
    for (const [slug, teams] of [
      ["pa", ["a"]],
      ["pb", ["b"]],
      ["pab", ["a", "b"]],
      ["none", []],
    ] as const) {
      projects.set(`${organization}/${slug}`, (await given.project(organization, slug, { teams })).id);
    }
    const make = async (name: string, options: object) =>
      people.set(`${organization}/${name}`, (await given.user(`${name}@${organization}.test`, { organization, ...options })).id);
    await make("teamless", {});
    await make("a", { teams: ["a"] });
    await make("both", { teams: ["a", "b"], role: "admin" });
    await make("manager", { role: "manager" });
  }
});

afterAll(() => bench.close());

/** Returns the slugs of the reach of an actor, or "all". */
async function slugs(of: typeof ownProjects, organization: string, actor: Actor): Promise<string[] | "all"> {
  const access = await openOrganization(bench.app.store.read, actor, organization, ["project:releases", "org:ci"]);
  const reach = await of(bench.app.store.read, access);
  return reach.all ? "all" : [...projects].filter(([, id]) => reach.ids.has(id)).map(([name]) => name.replace(`${organization}/`, ""));
}

const person = (name: string): Actor => ({ kind: "user", userId: people.get(name) ?? 0, tokenId: null, scopes: new Set(SCOPES) });

describe.each([
  ["closed", "teamless", [], []],
  ["closed", "a", ["pa", "pab"], ["pa", "pab"]],
  ["closed", "both", ["pa", "pb", "pab"], ["pa", "pb", "pab"]],
  ["closed", "manager", "all", "all"],
  ["open", "teamless", "all", []],
  ["open", "a", "all", ["pa", "pab"]],
  ["open", "manager", "all", "all"],
] as const)("with %s membership, %s", (organization, name, reachable, own) => {
  test(`reaches ${JSON.stringify(reachable)}`, async () => {
    expect(await slugs(reachableProjects, organization, person(`${organization}/${name}`))).toEqual(reachable);
  });

  test(`selects ${JSON.stringify(own)} by default`, async () => {
    expect(await slugs(ownProjects, organization, person(`${organization}/${name}`))).toEqual(own);
  });
});

test("CI reaches every project, and selects all by default", async () => {
  const { organizations } = bench.app.store.read.tables;
  const rows = await bench.app.store.read.select().from(organizations);
  for (const { id, slug } of rows) {
    const ci: Actor = { kind: "organization", organizationId: id, tokenId: 1, scopes: new Set(["org:ci"]) };
    expect(await slugs(reachableProjects, slug, ci)).toBe("all");
    expect(await slugs(ownProjects, slug, ci)).toBe("all");
  }
});

test.each([
  ["closed", ["pa"], ["pa"]],
  ["open", "all", ["pa"]],
] as const)("with %s membership, a webhook reaches %j and selects %j by default", async (organization, reachable, own) => {
  const { organizations } = bench.app.store.read.tables;
  const [row] = await bench.app.store.read.select().from(organizations).where(eq(organizations.slug, organization));
  const projectId = projects.get(`${organization}/pa`) ?? 0;
  const hook: Actor = { kind: "hook", organizationId: row?.id ?? 0, projectId, scopes: new Set(["project:releases"]) };
  expect(await slugs(reachableProjects, organization, hook)).toEqual(reachable);
  expect(await slugs(ownProjects, organization, hook)).toEqual(own);
});

test("a caller without teams that does not reach all projects reaches none", async () => {
  const [organization] = await bench.app.store.read.select().from(bench.app.store.read.tables.organizations);
  if (!organization) throw new Error("there is no organization");
  const scopes: Access["scopes"] = new Set(["org:ci"]);
  const access: Access = {
    organization,
    role: null,
    scopes,
    userId: null,
    projectId: null,
    reachesAllProjects: false,
    ownsAllProjects: false,
  };
  expect(await reachableProjects(bench.app.store.read, access)).toEqual({ all: false, ids: new Set() });
});

test.each<[ProjectReach, number, boolean]>([
  [{ all: true }, 7, true],
  [{ all: false, ids: new Set([7]) }, 7, true],
  [{ all: false, ids: new Set([7]) }, 8, false],
  [{ all: false, ids: new Set() }, 7, false],
])("%o and project %d: %s", (reach, id, expected) => {
  expect(reaches(reach, id)).toBe(expected);
});
