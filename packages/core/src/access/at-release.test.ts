import { SCOPES } from "@landfall/schema/scope";
import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../kernel/actor.ts";
import { createRelease } from "../operations/releases/create.ts";
import { atProjectRelease, atRelease, atWholeProjectRelease, atWholeRelease } from "./at-release.ts";

let bench: TestApp;
const actors = new Map<string, Actor>();
const organization = "acme";

beforeAll(async () => {
  bench = await createTestApp();
  const { given, app } = bench;
  const { id: organizationId } = await given.organization(organization, { openMembership: false });
  await given.organization("globex");
  await given.project("globex", "pump");
  for (const team of ["near", "far"]) await given.team(organization, team);
  await given.project(organization, "pump", { teams: ["near"] });
  await given.project(organization, "valve", { teams: ["far"] });
  for (const [name, teams] of [
    ["near", ["near"]],
    ["both", ["near", "far"]],
    ["none", []],
  ] as const) {
    const { id: userId } = await given.user(`${name}@acme.test`, { organization, teams });
    actors.set(name, { kind: "user", userId, tokenId: 1, scopes: new Set(SCOPES) });
  }
  actors.set("ci", { kind: "organization", organizationId, tokenId: 1, scopes: new Set(["org:ci"]) });
  const as = callers(app, given);
  for (const [version, projects] of [
    ["pump 1", ["pump"]],
    ["valve 1", ["valve"]],
    ["both 1", ["valve", "pump"]],
    ["empty 1", []],
  ] as const) {
    await createRelease(await as.ci(organization), { organization, version, projects: [...projects] });
  }
  await createRelease(await as.ci("globex"), { organization: "globex", version: "foreign 1", projects: ["pump"] });
});

afterAll(() => bench.close());

const on = (name: string) => {
  const actor = actors.get(name);
  if (!actor) throw new Error(`no actor is named ${name}`);
  return { db: bench.app.store.read, actor, scope: ["project:releases", "org:ci"] } as const;
};

/** Returns "ok", or the code of the refusal. */
const outcome = (found: Promise<unknown>): Promise<unknown> =>
  found.then(
    () => "ok",
    (error: unknown) => (typeof error === "object" && error !== null && "code" in error ? error.code : error),
  );

describe("a release is found through its organization", () => {
  test.each([
    // caller, version, reading, changing
    ["ci", "pump 1", "ok", "ok"],
    ["ci", "both 1", "ok", "ok"],
    ["ci", "empty 1", "not_found", "not_found"],
    ["ci", "nope", "not_found", "not_found"],
    ["ci", "PUMP 1", "not_found", "not_found"],
    ["ci", "foreign 1", "not_found", "not_found"],
    ["near", "pump 1", "ok", "ok"],
    ["near", "both 1", "ok", "not_found"],
    ["near", "valve 1", "not_found", "not_found"],
    ["both", "both 1", "ok", "ok"],
    ["none", "pump 1", "not_found", "not_found"],
  ])("for %s, %s: reading %s, changing %s (contract 4.1, 4.2)", async (caller, version, reading, changing) => {
    expect(await outcome(atRelease.locate(on(caller), { organization, version }))).toBe(reading);
    expect(await outcome(atWholeRelease.locate(on(caller), { organization, version }))).toBe(changing);
  });

  test("with its projects in the order they were linked", async () => {
    const { release, links, access } = await atRelease.locate(on("ci"), { organization, version: "both 1" });
    expect([release.version, links.map((link) => link.slug), access.organization.slug]).toEqual([
      "both 1",
      ["valve", "pump"],
      organization,
    ]);
  });
});

describe("a release is found through one of its projects", () => {
  test.each([
    // caller, project, version, reading, changing
    ["ci", "pump", "pump 1", "ok", "ok"],
    ["ci", "valve", "pump 1", "not_found", "not_found"],
    ["ci", "nope", "pump 1", "not_found", "not_found"],
    ["ci", "pump", "nope", "not_found", "not_found"],
    ["near", "pump", "pump 1", "ok", "ok"],
    ["near", "pump", "both 1", "ok", "not_found"],
    ["near", "valve", "both 1", "not_found", "not_found"],
    ["both", "valve", "both 1", "ok", "ok"],
    ["none", "pump", "pump 1", "not_found", "not_found"],
  ])("for %s, in %s, %s: reading %s, changing %s (contract 5.3)", async (caller, project, version, reading, changing) => {
    expect(await outcome(atProjectRelease.locate(on(caller), { organization, project, version }))).toBe(reading);
    expect(await outcome(atWholeProjectRelease.locate(on(caller), { organization, project, version }))).toBe(changing);
  });

  test("together with that project", async () => {
    const { release, project } = await atProjectRelease.locate(on("ci"), { organization, project: "pump", version: "both 1" });
    expect([release.version, project.slug]).toEqual(["both 1", "pump"]);
  });
});
