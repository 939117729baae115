import type { Scope } from "@landfall/schema/scope";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { refusal } from "@landfall/testing/access/refusal";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { getProject } from "../projects/list.ts";
import { addTeamMember, removeTeamMember } from "./team-members.ts";
import { createTeam, listTeams } from "./teams.ts";

let bench: TestApp;
let as: Callers;
let ada: Context;
let mem: number;
const acme = { organization: "acme" };

beforeEach(async () => {
  bench = await createTestApp();
  as = callers(bench.app, bench.given);
  await bench.given.organization("acme");
  await bench.given.team("acme", "core");
  await bench.given.user("ada@acme.test", { ...acme, role: "owner", teams: ["core"] });
  mem = (await bench.given.user("mem@acme.test", acme)).id;
  ada = await as.person("ada@acme.test");
});

afterEach(() => bench.close());

const audit = async () => {
  const { auditLog } = bench.app.store.read.tables;
  const rows = await bench.app.store.read.select().from(auditLog).orderBy(asc(auditLog.id));
  return rows.map(({ action, target }) => `${action} ${target}`);
};

describe("listTeams (11.4)", () => {
  it("returns each team with its projects and member count", async () => {
    await bench.given.project("acme", "web", { teams: ["core"] });
    await bench.given.project("acme", "api", { teams: ["core"] });
    await bench.given.team("acme", "alone");
    const { items } = await listTeams(ada, acme);
    expect(items).toMatchObject([
      { slug: "alone", isMember: false, teamRole: null, hasAccess: true, memberCount: 0, projects: [] },
      { slug: "core", isMember: true, teamRole: "contributor", memberCount: 1, projects: [{ slug: "api" }, { slug: "web" }] },
    ]);
    expect(items[1]).toMatchObject({ id: expect.stringMatching(/^\d+$/), dateCreated: "2020-01-01T00:00:00Z", isPending: false });
  });

  it("returns up to a hundred projects of each team", async () => {
    await bench.given.team("acme", "big");
    for (let made = 0; made < 102; made += 1) await bench.given.project("acme", `p${String(made).padStart(3, "0")}`, { teams: ["big"] });
    await bench.given.project("acme", "web", { teams: ["core"] });
    const { items } = await listTeams(ada, acme);
    expect(items.map(({ projects }) => [projects.length, projects.at(-1)?.slug])).toEqual([
      [100, "p099"],
      [1, "web"],
    ]);
  });

  it("filters by part of a slug or name, in pages by slug", async () => {
    for (const slug of ["edge", "data"]) await bench.given.team("acme", slug);
    const slugs = async (input: object) => (await listTeams(ada, { ...acme, ...input })).items.map(({ slug }) => slug);
    expect(await slugs({ query: "E" })).toEqual(["core", "edge"]);
    expect(await slugs({ per_page: 2 })).toEqual(["core", "data"]);
    expect(await slugs({ per_page: 2, cursor: "2:1:0" })).toEqual(["edge"]);
  });
});

describe("createTeam (11.5)", () => {
  it("derives slug or name from the other, and adds the creator as a member", async () => {
    expect(await createTeam(ada, { ...acme, name: "Data Team" })).toMatchObject({
      slug: "data-team",
      name: "Data Team",
      isMember: true,
      memberCount: 1,
    });
    expect(await createTeam(ada, { ...acme, slug: "edge" })).toMatchObject({ slug: "edge", name: "edge" });
    expect(await createTeam(ada, { ...acme, slug: "x", name: "The X" })).toMatchObject({ slug: "x", name: "The X" });
    expect(await audit()).toEqual(["team.create data-team", "team.create edge", "team.create x"]);
  });

  it("refuses a slug that is taken, with the reason that the wire needs", async () => {
    const taken = expect.objectContaining({ code: "conflict", message: "A team with this slug already exists.", reason: "team_exists" });
    await expect(createTeam(ada, { ...acme, slug: "core" })).rejects.toThrow(taken);
    await expect(createTeam(ada, { ...acme, name: "Core" })).rejects.toThrow(taken);
    expect(await audit()).toEqual([]);
  });

  it.each([
    [{}, "non_field_errors", "Name or slug is required"],
    [{ name: "", slug: null }, "non_field_errors", "Name or slug is required"],
    [{ slug: "No Spaces" }, "slug", expect.any(String)],
    [{ name: "x".repeat(65) }, "name", "Ensure this field has no more than 64 characters."],
  ])("refuses %j", async (input, path, message) => {
    const call = createTeam.call(ada, acme, () => input);
    await expect(call).rejects.toThrow(expect.objectContaining({ code: "invalid", issues: [{ path: [path], message }] }));
  });

  it.each([
    ["team:write", true],
    ["team:admin", true],
    ["org:write", true],
    ["team:read", false],
    ["org:read", false],
    ["project:admin", false],
  ] as [Scope, boolean][])("with the scope %s: %s", async (scope, isAllowed) => {
    const made = createTeam(await as.person("ada@acme.test", [scope]), { ...acme, slug: "x" });
    const outcome = await made.then(
      ({ slug }) => slug,
      (error: unknown) => error,
    );
    expect(outcome).toEqual(isAllowed ? "x" : refusal("forbidden"));
  });
});

describe("addTeamMember and removeTeamMember", () => {
  it("give and remove access to the team's projects with closed membership", async () => {
    await bench.given.organization("closed", { openMembership: false });
    await bench.given.team("closed", "core");
    await bench.given.project("closed", "web", { teams: ["core"] });
    await bench.given.user("own@closed.test", { organization: "closed", role: "owner" });
    const { id: userId } = await bench.given.user("cy@closed.test", { organization: "closed" });
    const [own, cy] = [await as.person("own@closed.test"), await as.person("cy@closed.test")];
    const path = { organization: "closed", team: "core" };
    const seen = () => getProject(cy, { organization: "closed", project: "web" });
    await expect(seen()).rejects.toThrow(refusal("not_found"));
    expect(await addTeamMember(own, { ...path, userId })).toMatchObject({ memberCount: 1 });
    expect(await seen()).toMatchObject({ isMember: true });
    expect(await removeTeamMember(own, { ...path, userId })).toMatchObject({ memberCount: 0 });
    await expect(seen()).rejects.toThrow(refusal("not_found"));
    expect(await audit()).toEqual(["team.add_member core", "team.remove_member core"]);
  });

  it("change and record nothing when repeated", async () => {
    const path = { ...acme, team: "core", userId: mem };
    for (let times = 0; times < 2; times += 1) expect(await addTeamMember(ada, path)).toMatchObject({ memberCount: 2 });
    for (let times = 0; times < 2; times += 1) expect(await removeTeamMember(ada, path)).toMatchObject({ memberCount: 1 });
    expect(await audit()).toHaveLength(2);
  });

  it("accept only members of the organization", async () => {
    const { id: userId } = await bench.given.user("stranger@other.test");
    for (const id of [userId, 9999]) {
      await expect(addTeamMember(ada, { ...acme, team: "core", userId: id })).rejects.toThrow(
        expect.objectContaining({
          code: "invalid",
          issues: [{ path: ["userId"], message: `User ${id} is not a member of the organization.` }],
        }),
      );
    }
  });

  it("refuse team admins of other teams with closed membership, who could add themselves otherwise", async () => {
    await bench.given.organization("closed", { openMembership: false });
    await bench.given.team("closed", "secret");
    const { id: userId } = await bench.given.user("cy@closed.test", { organization: "closed", role: "admin" });
    const call = addTeamMember(await as.person("cy@closed.test"), { organization: "closed", team: "secret", userId });
    await expect(call).rejects.toThrow(refusal("not_found"));
  });

  it("require a scope that manages teams", async () => {
    for (const change of [addTeamMember, removeTeamMember]) {
      await expect(change(await as.person("mem@acme.test"), { ...acme, team: "core", userId: mem })).rejects.toThrow(refusal("forbidden"));
      await expect(change(ada, { ...acme, team: "nope", userId: mem })).rejects.toThrow(refusal("not_found"));
    }
  });
});
