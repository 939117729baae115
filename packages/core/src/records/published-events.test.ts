import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { reportCommits } from "../operations/commits/report.ts";
import { createDeploy } from "../operations/deploys/create.ts";
import { updateOrganization } from "../operations/organizations/update.ts";
import { createProject } from "../operations/projects/create.ts";
import { createRelease } from "../operations/releases/create.ts";
import { deleteRelease } from "../operations/releases/delete.ts";
import { listReleases } from "../operations/releases/list.ts";
import { updateRelease } from "../operations/releases/update.ts";
import { createUserToken } from "../operations/tokens/user-tokens.ts";
import type { Context, OrganizationEvent } from "../kernel/context.ts";

const organization = "acme";
const version = "web@1.0.0";

let bench: TestApp;
let owner: Context;
let organizationId: number;
let published: OrganizationEvent[];

beforeEach(async () => {
  bench = await createTestApp();
  ({ id: organizationId } = await bench.given.organization(organization, { teams: ["crew"], projects: { web: "crew" } }));
  await bench.given.organization("globex", { teams: ["crew"], projects: { web: "crew" } });
  await bench.given.user("ada@acme.test", { organization, role: "owner", teams: ["crew"] });
  published = [];
  owner = { ...(await callers(bench.app, bench.given).person("ada@acme.test")), onChange: (change) => void published.push(change) };
});

afterEach(() => bench.close());

/** Returns the kinds of changes published during `work`. Expects all of them to be of acme. */
async function kindsDuring(work: () => Promise<unknown>): Promise<string[]> {
  published.length = 0;
  await work();
  expect(published.every((change) => change.organizationId === organizationId)).toBe(true);
  expect(published.every((change) => Object.keys(change).join() === "organizationId,kind")).toBe(true);
  return published.map(({ kind }) => kind);
}

const release = { organization, version, projects: ["web"] };
const commits = [{ id: "a".repeat(40), repository: "acme/web", message: "feat: wings" }];

describe("a change is published", () => {
  test("with the kind of the changed thing", async () => {
    expect(await kindsDuring(() => createRelease(owner, release))).toEqual(["release"]);
    expect(await kindsDuring(() => createDeploy(owner, { organization, version, environment: "production" }))).toEqual(["deploy"]);
    expect(await kindsDuring(() => updateRelease(owner, { organization, version, dateReleased: "2026-01-01T00:00:00Z" }))).toEqual([
      "release",
    ]);
    expect(await kindsDuring(() => createProject(owner, { organization, name: "Api" }))).toEqual(["project"]);
    expect(await kindsDuring(() => updateOrganization(owner, { organization, name: "Acme Ltd" }))).toEqual(["organization"]);
    expect(await kindsDuring(() => deleteRelease(owner, { organization, version }))).toEqual(["release"]);
  });

  test("as commits, for every way to report them", async () => {
    expect(await kindsDuring(() => createRelease(owner, { ...release, commits }))).toEqual(["release", "commits"]);
    expect(await kindsDuring(() => updateRelease(owner, { organization, version, commits }))).toEqual(["commits"]);
    const refs = [{ repository: "acme/web", commit: "b".repeat(40) }];
    expect(await kindsDuring(() => updateRelease(owner, { organization, version, refs }))).toEqual(["commits"]);
    expect(await kindsDuring(() => updateRelease(owner, { organization, version, refs: [] }))).toEqual(["commits"]);
    expect(await kindsDuring(() => reportCommits(owner, { organization, commits }))).toEqual(["commits"]);
  });

  test("also if the mutation fails after a part that is kept", async () => {
    const refs = [{ repository: "unheard/of", commit: "b" }];
    expect(await kindsDuring(() => expect(createRelease(owner, { ...release, refs })).rejects.toMatchObject({ code: "invalid" }))).toEqual([
      "release",
    ]);
    expect(await listReleases(owner, { organization })).toMatchObject({ items: [{ version }] });
  });
});

describe("nothing is published", () => {
  test("of a transaction that was rolled back", async () => {
    const work = () => expect(createRelease(owner, { ...release, projects: ["web", "nope"] })).rejects.toMatchObject({ code: "invalid" });
    expect(await kindsDuring(work)).toEqual([]);
    await createRelease(owner, release);
    const store = bench.app.store;
    const rolledBack: Context = {
      ...owner,
      store: {
        ...store,
        transaction: (run) =>
          store.transaction(async (tx) => {
            await run(tx);
            throw new Error("undone");
          }),
      },
    };
    expect(await kindsDuring(() => expect(deleteRelease(rolledBack, { organization, version })).rejects.toThrow("undone"))).toEqual([]);
  });

  test("if nothing changed", async () => {
    await createRelease(owner, release);
    expect(await kindsDuring(() => createRelease(owner, release))).toEqual([]);
    expect(await kindsDuring(() => listReleases(owner, { organization }))).toEqual([]);
  });

  test("of changes without an organization", async () => {
    expect(await kindsDuring(() => createUserToken(owner, { name: "mine", scopes: ["org:read"] }))).toEqual([]);
  });
});
