import type { Scope } from "@landfall/schema/scope";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { listMembers } from "../members/list.ts";
import { getProject } from "../projects/list.ts";
import { addTeamProject, removeTeamProject } from "./team-projects.ts";
import { getTeam } from "./teams.ts";

let bench: TestApp;
let as: Callers;
let owner: Context;
const acme = { organization: "acme" };

beforeEach(async () => {
  bench = await createTestApp();
  as = callers(bench.app, bench.given);
  await bench.given.organization("acme", { openMembership: false, teams: ["near", "far"], projects: { pump: "near", valve: "far" } });
  await bench.given.user("owner@acme.test", { ...acme, role: "owner" });
  await bench.given.user("admin@acme.test", { ...acme, role: "admin", teams: ["near"] });
  await bench.given.user("afar@acme.test", { ...acme, teams: ["far"] });
  owner = await as.person("owner@acme.test");
});

afterEach(() => bench.close());

const farTeam = { ...acme, team: "far" };
const slugs = ({ projects }: { readonly projects: readonly { readonly slug: string }[] }) => projects.map(({ slug }) => slug);

const audit = async () => {
  const { auditLog } = bench.app.store.read.tables;
  const rows = await bench.app.store.read.select().from(auditLog).orderBy(asc(auditLog.id));
  return rows.map(({ action, target, details }) => [action, target, details]);
};

describe("getTeam", () => {
  it("returns one team by slug or id, with the same number of statements for any size", async () => {
    const counted = countedStore(bench.app.store);
    const seen = await getTeam({ ...owner, store: counted.store }, farTeam);
    expect(counted.taken()).toBe(4);
    expect(seen).toMatchObject({ slug: "far", memberCount: 1, projects: [{ slug: "valve" }] });
    expect(await getTeam(owner, { ...acme, team: seen.id })).toEqual(seen);
  });

  it("refuses members of other teams with closed membership, and does not find unknown teams", async () => {
    await expect(getTeam(await as.person("admin@acme.test"), farTeam)).rejects.toMatchObject({ code: "not_found" });
    await expect(getTeam(owner, { ...acme, team: "nope" })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a team's projects", () => {
  it("give access to its members, until they are removed", async () => {
    const afar = await as.person("afar@acme.test");
    const pump = { ...acme, project: "pump" };
    await expect(getProject(afar, pump)).rejects.toMatchObject({ code: "not_found" });
    expect(slugs(await addTeamProject(owner, { ...farTeam, project: "pump" }))).toEqual(["pump", "valve"]);
    expect(await getProject(afar, pump)).toMatchObject({ teams: [{ slug: "far" }, { slug: "near" }] });
    expect(slugs(await removeTeamProject(owner, { ...farTeam, project: "pump" }))).toEqual(["valve"]);
    await expect(getProject(afar, pump)).rejects.toMatchObject({ code: "not_found" });
    expect(await audit()).toEqual([
      ["team.add_project", "far", { project: "pump" }],
      ["team.remove_project", "far", { project: "pump" }],
    ]);
  });

  it("change and record nothing when repeated", async () => {
    await addTeamProject(owner, { ...farTeam, project: "valve" });
    await removeTeamProject(owner, { ...farTeam, project: "pump" });
    expect(await audit()).toEqual([]);
  });

  it("keep at least one team", async () => {
    await expect(removeTeamProject(owner, { ...farTeam, project: "valve" })).rejects.toMatchObject({
      code: "conflict",
      message: '"far" is the only team of the project "valve". Add the project to another team first.',
    });
    expect(slugs(await getTeam(owner, farTeam))).toEqual(["valve"]);
  });

  it("must be within reach of the caller", async () => {
    const admin = await as.person("admin@acme.test");
    const issues = (name: string) => [{ path: ["project"], message: `There is no project "${name}" that you have access to.` }];
    for (const project of ["valve", "nope", "99"]) {
      for (const change of [addTeamProject, removeTeamProject]) {
        const call = change(admin, { ...acme, team: "near", project });
        await expect(call).rejects.toMatchObject({ code: "invalid", issues: issues(project) });
      }
    }
    await expect(addTeamProject(admin, { ...farTeam, project: "pump" })).rejects.toMatchObject({ code: "not_found" });
  });

  it.each([
    ["project:write", true],
    ["project:admin", true],
    ["team:admin", false],
    ["project:releases", false],
  ] as [Scope, boolean][])("with the scope %s: %s", async (scope, isAllowed) => {
    const call = addTeamProject(await as.person("owner@acme.test", [scope]), { ...farTeam, project: "pump" });
    if (isAllowed) expect(slugs(await call)).toContain("pump");
    else await expect(call).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the members of a team", () => {
  it("are listed by its slug, of this organization only", async () => {
    await bench.given.organization("globex", { teams: ["far"] });
    await bench.given.user("eve@globex.test", { organization: "globex", teams: ["far"] });
    const emails = async (team: string) => (await listMembers(owner, { ...acme, team })).items.map(({ email }) => email);
    expect(await emails("far")).toEqual(["afar@acme.test"]);
    expect(await emails("near")).toEqual(["admin@acme.test"]);
    expect(await emails("nope")).toEqual([]);
  });
});
