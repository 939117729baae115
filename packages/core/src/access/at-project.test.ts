import { SCOPES } from "@landfall/schema/scope";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../kernel/actor.ts";
import { atNothing } from "../kernel/operation.ts";
import { atProject, findProject } from "./at-project.ts";
import { atOrganization } from "./organization-access.ts";

let bench: TestApp;
let pump: number;
let member: Actor;
let ci: Actor;

beforeAll(async () => {
  bench = await createTestApp();
  const { given } = bench;
  const acme = await given.organization("acme", { openMembership: false });
  await given.organization("globex");
  for (const team of ["near", "far"]) await given.team("acme", team);
  ({ id: pump } = await given.project("acme", "pump", { teams: ["near"] }));
  await given.project("acme", "valve", { teams: ["far"] });
  await given.project("acme", "77");
  await given.project("globex", "pump");
  await given.project("globex", "only");
  const { id: userId } = await given.user("mem@acme.test", { organization: "acme", teams: ["near"] });
  member = { kind: "user", userId, tokenId: 1, scopes: new Set(SCOPES) };
  ci = { kind: "organization", organizationId: acme.id, tokenId: 1, scopes: new Set(["org:ci"]) };
});

afterAll(() => bench.close());

const on = (actor: Actor) => ({ db: bench.app.store.read, actor, scope: ["project:releases", "org:ci"] }) as const;
const locate = (actor: Actor, project: string, organization = "acme") => atProject.locate(on(actor), { organization, project });

describe("a project is found", () => {
  test("by its slug and by its id, in its own organization", async () => {
    expect((await locate(ci, "pump")).project).toMatchObject({ id: pump, slug: "pump" });
    const { access, project } = await locate(member, String(pump));
    expect([access.organization.slug, access.role, project.slug]).toEqual(["acme", "member", "pump"]);
  });

  test.each(["nope", "PUMP", "", "only", "0", "999", "99999999999", "p%mp"])("%j is not found: 404", async (name) => {
    await expect(locate(ci, name)).rejects.toMatchObject({ code: "not_found" });
  });

  test("digits are an id, never a slug (contract 1.3)", async () => {
    await expect(locate(ci, "77")).rejects.toMatchObject({ code: "not_found" });
  });

  test("not through another organization, even by its id", async () => {
    const { access } = await atOrganization.locate(on(ci), { organization: "acme" });
    const { projects } = bench.app.store.read.tables;
    const rows = await bench.app.store.read.select({ id: projects.id, slug: projects.slug }).from(projects);
    const foreign = rows.find((row) => row.slug === "only");
    expect(await findProject(bench.app.store.read, access, String(foreign?.id))).toBeUndefined();
    await expect(locate(ci, String(foreign?.id))).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a project is refused", () => {
  test("with 403 if it belongs to teams that the caller is not in", async () => {
    await expect(locate(member, "valve")).rejects.toMatchObject({ code: "not_found" });
    expect((await locate(ci, "valve")).project.slug).toBe("valve");
  });

  test("with 403 for the organization before 404 for the project", async () => {
    await expect(locate(member, "nope", "globex")).rejects.toMatchObject({ code: "not_found" });
    await expect(locate(member, "nope", "nowhere")).rejects.toMatchObject({ code: "not_found" });
  });
});

test("a locator without a place always succeeds", async () => {
  expect(await atNothing.locate(on(ci), {})).toBeNull();
});
