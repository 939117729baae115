import type { Scope } from "@landfall/schema/scope";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { refusal } from "@landfall/testing/access/refusal";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createDeploy } from "../deploys/create.ts";
import { createRelease } from "../releases/create.ts";
import { updateRelease } from "../releases/update.ts";
import { createProject, createTeamProject } from "./create.ts";
import { getProject, listProjects } from "./list.ts";
import { updateProject } from "./update.ts";

let bench: TestApp;
let as: Callers;
let ada: Context;
const acme = { organization: "acme" };

beforeEach(async () => {
  bench = await createTestApp();
  as = callers(bench.app, bench.given);
  await bench.given.organization("acme");
  await bench.given.team("acme", "core");
  await bench.given.team("acme", "edge");
  await bench.given.user("ada@acme.test", { ...acme, role: "owner", teams: ["edge"] });
  await bench.given.user("mem@acme.test", acme);
  ada = await as.person("ada@acme.test");
});

afterEach(() => bench.close());

const field = (path: string, message: unknown) => expect.objectContaining({ code: "invalid", issues: [{ path: [path], message }] });
const slugs = (page: { items: { slug: string }[] }) => page.items.map(({ slug }) => slug);

const audit = async () => {
  const { auditLog } = bench.app.store.read.tables;
  return bench.app.store.read.select().from(auditLog).orderBy(asc(auditLog.id));
};

/** An organization with closed membership: Cy is in one of two teams. */
async function closed() {
  await bench.given.organization("closed", { openMembership: false });
  for (const team of ["mine", "theirs"]) {
    await bench.given.team("closed", team);
    await bench.given.project("closed", `${team}-web`, { teams: [team] });
  }
  await bench.given.user("cy@closed.test", { organization: "closed", role: "admin", teams: ["mine"] });
  return as.person("cy@closed.test");
}

describe("listProjects (11.3)", () => {
  it("returns each project with its teams, environments, and latest release", async () => {
    await bench.given.project("acme", "web", { name: "Web", teams: ["edge", "core"] });
    await bench.given.project("acme", "api");
    await createRelease(ada, { ...acme, version: "1.0", projects: ["web"] });
    await createRelease(ada, { ...acme, version: "2.0", projects: ["web"] });
    await createDeploy(ada, { ...acme, version: "1.0", environment: "staging" });
    await createDeploy(ada, { ...acme, version: "1.0", environment: "production" });
    const { items } = await listProjects(ada, acme);
    expect(items[1]).toEqual({
      id: expect.stringMatching(/^\d+$/),
      slug: "web",
      name: "Web",
      platform: null,
      platforms: [],
      dateCreated: "2020-01-01T00:00:00Z",
      status: "active",
      isMember: true,
      hasAccess: true,
      isBookmarked: false,
      firstEvent: null,
      features: [],
      team: { id: expect.any(String), slug: "core", name: "core" },
      teams: [expect.objectContaining({ slug: "core" }), expect.objectContaining({ slug: "edge" })],
      environments: ["production", "staging"],
      latestRelease: { version: "2.0" },
      organization: { id: expect.any(String), slug: "acme", name: "acme" },
    });
    expect(items[0]).toMatchObject({ slug: "api", isMember: false, team: null, teams: [], environments: [], latestRelease: null });
  });

  it("returns the last released version that is not archived as the latest", async () => {
    await bench.given.project("acme", "web");
    const latest = async () => (await getProject(ada, { ...acme, project: "web" })).latestRelease;
    for (const version of ["1.0", "2.0"]) await createRelease(ada, { ...acme, version, projects: ["web"] });
    expect(await latest()).toEqual({ version: "2.0" });
    await updateRelease(ada, { ...acme, version: "1.0", dateReleased: "2026-03-01T00:00:00Z" });
    expect(await latest()).toEqual({ version: "1.0" });
    for (const version of ["1.0", "2.0"]) await updateRelease(ada, { ...acme, version, status: "archived" });
    expect(await latest()).toBeNull();
  });

  it("returns up to a hundred environments of each project", async () => {
    const { id: web } = await bench.given.project("acme", "web");
    const { id: api, organizationId } = await bench.given.project("acme", "api");
    await bench.app.store.transaction(async (tx) => {
      const { environments, environmentProjects } = tx.tables;
      const names = Array.from({ length: 105 }, (_, index) => `e${String(index).padStart(3, "0")}`);
      const rows = await tx
        .insert(environments)
        .values(names.map((name) => ({ organizationId, name, dateCreated: new Date(0) })))
        .returning();
      await tx.insert(environmentProjects).values(rows.map((row) => ({ environmentId: row.id, projectId: api })));
      await tx.insert(environmentProjects).values(rows.slice(-1).map((row) => ({ environmentId: row.id, projectId: web })));
    });
    const { items } = await listProjects(ada, acme);
    expect(items.map(({ environments }) => [environments.length, environments[0]])).toEqual([
      [100, "e000"],
      [1, "e104"],
    ]);
  });

  it("finds part of a slug or name, and pages by slug", async () => {
    for (const slug of ["web", "api", "worker", "docs"]) await bench.given.project("acme", slug, { name: `The ${slug.toUpperCase()}` });
    expect(slugs(await listProjects(ada, { ...acme, query: "WO" }))).toEqual(["worker"]);
    expect(slugs(await listProjects(ada, { ...acme, query: "the w" }))).toEqual(["web", "worker"]);
    const first = await listProjects(ada, { ...acme, per_page: "3", cursor: "" });
    const second = await listProjects(ada, { ...acme, per_page: "3", cursor: first.next?.cursor });
    expect([slugs(first), slugs(second)]).toEqual([["api", "docs", "web"], ["worker"]]);
  });

  it("returns only projects within reach of the organization", async () => {
    await bench.given.project("acme", "web");
    expect(slugs(await listProjects(await closed(), { organization: "closed" }))).toEqual(["mine-web"]);
    expect(slugs(await listProjects(await as.ci("closed"), { organization: "closed" }))).toEqual(["mine-web", "theirs-web"]);
    await expect(listProjects(await as.ci("closed"), acme)).rejects.toThrow(refusal("not_found"));
    await bench.given.user("none@closed.test", { organization: "closed" });
    expect(slugs(await listProjects(await as.person("none@closed.test"), { organization: "closed" }))).toEqual([]);
  });
});

describe("getProject", () => {
  it("finds a project by slug and by id, whatever a client wants to leave out", async () => {
    await bench.given.project("acme", "web");
    const project = await getProject(ada, { ...acme, project: "web", collapse: "organization" });
    expect(project).toMatchObject({ slug: "web", organization: { slug: "acme" } });
    expect(await getProject(ada, { ...acme, project: project.id })).toEqual(project);
  });

  it("returns 404 for an unknown project, 403 for one of other teams", async () => {
    const cy = await closed();
    await expect(getProject(cy, { organization: "closed", project: "nope" })).rejects.toThrow(refusal("not_found"));
    await expect(getProject(cy, { organization: "closed", project: "theirs-web" })).rejects.toThrow(refusal("not_found"));
  });
});

describe("createProject (11.5)", () => {
  it("derives the slug from the name, in a team of the caller", async () => {
    const created = await createProject(ada, { ...acme, name: "Pump Station", platform: "node" });
    expect(created).toMatchObject({
      slug: "pump-station",
      name: "Pump Station",
      platform: "node",
      platforms: ["node"],
      isMember: true,
      teams: [{ slug: "edge" }],
    });
    expect(await getProject(ada, { ...acme, project: "pump-station" })).toEqual(created);
    expect(await audit()).toMatchObject([{ action: "project.create", target: "pump-station" }]);
  });

  it("uses the default team for callers without a team, and creates it once", async () => {
    await bench.given.user("boss@acme.test", { ...acme, role: "owner" });
    const boss = await as.person("boss@acme.test");
    expect((await createProject(boss, { ...acme, name: "one" })).teams).toMatchObject([{ slug: "acme" }]);
    expect((await createProject(boss, { ...acme, name: "two" })).teams).toMatchObject([{ slug: "acme" }]);
    expect((await audit()).map(({ action }) => action)).toEqual(["team.create", "project.create", "project.create"]);
  });

  it("rejects a slug that the organization has, given or derived from the name", async () => {
    await createProject(ada, { ...acme, name: "web" });
    const taken = refusal("conflict", "A project with this slug already exists.");
    await expect(createProject(ada, { ...acme, name: "Web" })).rejects.toThrow(taken);
    await expect(createProject(ada, { ...acme, name: "other", slug: "web" })).rejects.toThrow(taken);
    expect(await audit()).toHaveLength(1);
    await bench.given.organization("other");
    await bench.given.user("olga@other.test", { organization: "other", role: "owner" });
    expect(await createProject(await as.person("olga@other.test"), { organization: "other", name: "web" })).toMatchObject({ slug: "web" });
  });

  it.each([
    [{}, "name", "This field is required."],
    [{ name: "  " }, "name", "This field may not be blank."],
    [{ name: "x".repeat(51) }, "name", "Ensure this field has no more than 50 characters."],
    [{ name: "x", slug: "A B" }, "slug", expect.any(String)],
    [{ name: "x", slug: "123" }, "slug", expect.any(String)],
    [{ name: "Кафе" }, "slug", 'No slug can be derived from the name "Кафе". Enter one, such as my-project.'],
    [{ name: "x", platform: ["node"] }, "platform", "Not a valid string."],
  ])("rejects %j", async (input, path, message) => {
    await expect(createProject.call(ada, acme, () => input)).rejects.toThrow(field(path, message));
  });

  it("ignores unknown fields such as default_rules", async () => {
    expect(await createProject.call(ada, acme, () => ({ name: "x", slug: null, platform: "", default_rules: true }))).toMatchObject({
      slug: "x",
      platform: null,
    });
  });

  it.each([
    ["project:write", true],
    ["project:admin", true],
    ["org:write", true],
    ["org:admin", true],
    ["project:read", false],
    ["project:releases", false],
    ["org:ci", false],
  ] as [Scope, boolean][])("with the scope %s: %s", async (scope, isAllowed) => {
    const created = createProject(await as.person("ada@acme.test", [scope]), { ...acme, name: "x" });
    const outcome = await created.then(
      ({ slug }) => slug,
      (error: unknown) => error,
    );
    expect(outcome).toEqual(isAllowed ? "x" : refusal("forbidden"));
  });

  it("is forbidden for members, whose role cannot create projects", async () => {
    await expect(createProject(await as.person("mem@acme.test"), { ...acme, name: "x" })).rejects.toThrow(refusal("forbidden"));
  });

  it("creates no project that the caller could not reach", async () => {
    await closed();
    await bench.given.user("lone@closed.test", { organization: "closed", role: "admin" });
    await expect(createProject(await as.person("lone@closed.test"), { organization: "closed", name: "x" })).rejects.toThrow(
      refusal("invalid"),
    );
  });
});

describe("createTeamProject (11.5)", () => {
  it("creates the project in a team given by slug or id", async () => {
    const created = await createTeamProject(ada, { ...acme, team: "core", name: "web" });
    expect(created).toMatchObject({ slug: "web", isMember: false, teams: [{ slug: "core" }] });
    expect(await createTeamProject(ada, { ...acme, team: created.teams[0]?.id ?? "", name: "api" })).toMatchObject({
      teams: [{ slug: "core" }],
    });
  });

  it("returns 404 for an unknown team and one of another organization, 403 for a closed team", async () => {
    const cy = await closed();
    await expect(createTeamProject(ada, { ...acme, team: "mine", name: "x" })).rejects.toThrow(refusal("not_found"));
    await expect(createTeamProject(cy, { organization: "closed", team: "theirs", name: "x" })).rejects.toThrow(refusal("not_found"));
    expect(await createTeamProject(cy, { organization: "closed", team: "mine", name: "x" })).toMatchObject({ slug: "x" });
  });
});

describe("updateProject", () => {
  const update = (input: unknown, context = ada) => updateProject.call(context, { ...acme, project: "web" }, () => input);
  beforeEach(async () => {
    await bench.given.project("acme", "web");
    await bench.given.project("acme", "api");
  });

  it("changes the given fields, keeps the others, and records the change", async () => {
    expect(await update({ name: "Web", platform: "node" })).toMatchObject({ slug: "web", name: "Web", platform: "node" });
    expect(await update({ slug: "site", platform: "" })).toMatchObject({ slug: "site", name: "Web", platform: null });
    expect((await audit()).map(({ target, details }) => [target, details])).toEqual([
      ["web", { before: { name: "web", platform: null }, after: { name: "Web", platform: "node" } }],
      ["web", { before: { slug: "web", platform: "node" }, after: { slug: "site", platform: null } }],
    ]);
  });

  it("writes nothing if nothing changes", async () => {
    expect(await update({ name: "web", slug: "web" })).toMatchObject({ slug: "web" });
    expect(await audit()).toEqual([]);
  });

  it("rejects the slug of another project and changes nothing", async () => {
    await expect(update({ name: "new", slug: "api" })).rejects.toThrow(field("slug", 'Another project is already using the slug "api".'));
    expect(await getProject(ada, { ...acme, project: "web" })).toMatchObject({ name: "web" });
    expect(await audit()).toEqual([]);
  });

  it("requires a scope that may change projects", async () => {
    for (const caller of [await as.person("mem@acme.test"), await as.person("ada@acme.test", ["project:releases"]), await as.ci("acme")]) {
      await expect(update({ name: "x" }, caller)).rejects.toThrow(refusal("forbidden"));
    }
  });
});
