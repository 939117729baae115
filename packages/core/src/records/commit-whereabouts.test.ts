import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { stored } from "@landfall/testing/rows/stored-rows";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../kernel/context.ts";
import { compareReleases } from "../operations/compare/compare.ts";
import { createDeploy } from "../operations/deploys/create.ts";
import { createRelease } from "../operations/releases/create.ts";
import { findWhereabouts } from "./commit-whereabouts.ts";

const acme = { organization: "acme" };
const day = (n: number) => new Date(Date.UTC(2026, 0, n)).toISOString().replace(".000", "");

describe.each(["sqlite", "pglite"] as const)("findWhereabouts in %s", (kind) => {
  let bench: TestApp;
  let ci: Context;
  let organizationId: number;
  let web: number;
  let api: number;

  beforeEach(async () => {
    bench = await createTestApp(kind);
    const projects = { web: "all", api: "all" };
    const created = await bench.given.organization("acme", { teams: ["all"], projects });
    organizationId = created.id;
    [web = 0, api = 0] = [created.projectIds.get("web"), created.projectIds.get("api")];
    ci = await callers(bench.app, bench.given).ci("acme");
  });
  afterEach(() => bench.close());

  const release = (version: string, released: number, shas: readonly string[], projects: readonly string[] = ["web"]) =>
    createRelease(ci, {
      ...acme,
      version,
      projects: [...projects],
      dateReleased: day(released),
      commits: shas.map((id) => ({ id, repository: "acme/app" })),
    });

  const deploy = (version: string, environment: string, finished: number, projects?: readonly string[]) =>
    createDeploy(ci, { ...acme, version, environment, dateFinished: day(finished), ...(projects ? { projects: [...projects] } : {}) });

  async function find(sha: string, ids: readonly number[] = [web, api]) {
    const [commit] = await stored(bench.app.store).commits(organizationId, sha);
    const found = await findWhereabouts(bench.app.store.read, organizationId, { all: false, ids: new Set(ids) }, [commit?.id ?? 0]);
    return found.get(commit?.id ?? 0);
  }

  const describeAll = async (sha: string, ids?: readonly number[]) =>
    (await find(sha, ids))?.environments.map(
      ({ project, environment, state, version, date }) => `${project.slug} ${environment}: ${state} (${version}, ${date})`,
    );

  test("returns every environment of the projects, production first", async () => {
    await release("web@1.0.0", 1, ["old"]);
    await release("web@1.1.0", 2, ["change"]);
    await release("web@1.2.0", 3, ["new"]);
    await deploy("web@1.1.0", "production", 10);
    await deploy("web@1.1.0", "staging", 11);
    await deploy("web@1.2.0", "staging", 12);
    await deploy("web@1.1.0", "canary", 13);
    await deploy("web@1.0.0", "canary", 14);
    await deploy("web@1.0.0", "vault", 15);
    await deploy("web@1.2.0", "test", 16);
    expect(await describeAll("change")).toEqual([
      `web production: live (web@1.1.0, ${day(10)})`,
      `web vault: missing (web@1.0.0, ${day(15)})`,
      `web canary: rolled-back (web@1.0.0, ${day(13)})`,
      `web staging: passed (web@1.2.0, ${day(11)})`,
      `web test: passed (web@1.2.0, ${day(16)})`,
    ]);
  });

  test("is live since the first deployed version that contains the commit", async () => {
    await release("web@1.1.0", 2, ["change"]);
    await release("web@1.2.0", 3, ["change"]);
    await deploy("web@1.1.0", "production", 10);
    await deploy("web@1.2.0", "production", 11);
    expect(await describeAll("change")).toEqual([`web production: live (web@1.2.0, ${day(10)})`]);
  });

  test("is live again after a rollback is undone", async () => {
    await release("web@1.0.0", 1, ["old"]);
    await release("web@1.1.0", 2, ["change"]);
    for (const [version, finished] of [
      ["web@1.1.0", 10],
      ["web@1.0.0", 11],
    ] as const)
      await deploy(version, "production", finished);
    expect(await describeAll("change")).toEqual([`web production: rolled-back (web@1.0.0, ${day(10)})`]);
    await deploy("web@1.1.0", "production", 12);
    expect(await describeAll("change")).toEqual([expect.stringContaining("live (web@1.1.0")]);
  });

  test("does not assume a commit in a new line deployed before a fix of the old one, nor in a later fix of an old line", async () => {
    await release("web@1.0.1", 5, ["fix"]);
    await release("web@2.0.0", 4, ["feature"]);
    await deploy("web@2.0.0", "production", 10);
    await deploy("web@1.0.1", "legacy", 11);
    expect(await describeAll("fix")).toEqual([
      `web production: missing (web@2.0.0, ${day(10)})`,
      `web legacy: live (web@1.0.1, ${day(11)})`,
    ]);
    expect(await describeAll("feature")).toEqual([
      `web production: live (web@2.0.0, ${day(10)})`,
      `web legacy: missing (web@1.0.1, ${day(11)})`,
    ]);
  });

  test("does not assume a hotfix in a later release of the new line, as a comparison does not", async () => {
    await release("web@4.2.1", 1, ["old"]);
    await release("web@4.3.0", 2, ["feature"]);
    await release("web@4.2.2", 3, ["hotfix"]);
    await release("web@4.3.1", 4, ["next"]);
    await deploy("web@4.2.2", "legacy", 10);
    await deploy("web@4.3.0", "staging", 11);
    await deploy("web@4.3.1", "production", 12);
    const states = async (sha: string) =>
      (await find(sha))?.environments.map(({ environment, version, state }) => `${environment} ${version} ${state}`);
    expect(await states("hotfix")).toEqual(["production web@4.3.1 missing", "legacy web@4.2.2 live", "staging web@4.3.0 missing"]);
    expect(await states("old")).toEqual(["production web@4.3.1 passed", "legacy web@4.2.2 passed", "staging web@4.3.0 passed"]);
    expect(await states("feature")).toEqual(["production web@4.3.1 passed", "legacy web@4.2.2 missing", "staging web@4.3.0 live"]);
    for (const { environment, version, state } of (await find("hotfix"))?.environments ?? []) {
      const { missing } = await compareReleases(ci, { ...acme, base: "web@4.2.2", head: version });
      expect([environment, missing?.commits.items.some(({ sha }) => sha === "hotfix")]).toEqual([environment, state === "missing"]);
    }
  });

  test.each([
    ["the next version", "web@1.1.0", 2, "web@1.0.0", 1, "passed"],
    ["the version before", "web@1.0.0", 1, "web@1.1.0", 2, "missing"],
    ["a fix of an older line, released later", "web@1.0.1", 3, "web@1.1.0", 2, "missing"],
    ["a newer line, released before a fix of an older one", "web@1.1.0", 2, "web@1.0.1", 3, "missing"],
    ["the final version of a candidate", "web@1.0.0", 2, "web@1.0.0-rc1", 1, "passed"],
    ["a candidate built after the final version", "web@1.0.0-rc2", 2, "web@1.0.0", 1, "missing"],
    ["the tenth candidate after the second", "web@1.0.0-rc10", 2, "web@1.0.0-rc2", 1, "passed"],
    ["a build after a tag", "web@1.1.0-5-gedf6082", 2, "web@1.1.0", 1, "passed"],
    ["a build after a tag, without a package", "v1.1.0-5-gedf6082", 2, "v1.1.0", 1, "passed"],
    ["the patch after such a build", "web@1.1.1", 2, "web@1.1.0-5-gedf6082", 1, "passed"],
    ["a tag built again after a later build", "web@1.1.0", 2, "web@1.1.0-5-gedf6082", 1, "missing"],
    ["another build of the same version", "web@1.0.0+2", 2, "web@1.0.0+1", 1, "passed"],
    ["a later version of another package", "api@2.0.0", 2, "web@1.0.0", 1, "missing"],
    ["a version without a number", "nightly", 2, "web@1.0.0", 1, "passed"],
    ["an older version without a number", "nightly", 1, "hourly", 2, "missing"],
  ])("compares %s", async (_, version, released, containing, otherReleased, expected) => {
    await release(version, released, ["other"]);
    await release(containing, otherReleased, ["change"]);
    await deploy(version, "production", 10);
    expect((await find("change"))?.environments.map(({ state }) => state)).toEqual([expected]);
  });

  test("compares with the last deploy of the commit's own package in a project with two packages", async () => {
    await release("web@1.0.0", 1, ["old"]);
    await release("web@1.1.0", 2, ["change"]);
    await release("web@1.2.0", 3, ["new"]);
    await release("api@7.0.0", 4, ["other"]);
    await deploy("web@1.0.0", "production", 10);
    await deploy("web@1.1.0", "staging", 10);
    await deploy("web@1.2.0", "test", 10);
    for (const [n, environment] of ["production", "staging", "test", "canary"].entries()) await deploy("api@7.0.0", environment, 11 + n);
    expect(await describeAll("change")).toEqual([
      `web production: missing (web@1.0.0, ${day(10)})`,
      `web canary: missing (api@7.0.0, ${day(14)})`,
      `web staging: live (web@1.1.0, ${day(10)})`,
      `web test: passed (web@1.2.0, ${day(10)})`,
    ]);
    expect(await describeAll("other")).toHaveLength(4);
    expect((await find("other"))?.environments.every(({ state }) => state === "live")).toBe(true);
  });

  test("distinguishes projects", async () => {
    await release("both@1", 1, ["change"], ["web", "api"]);
    await release("both@2", 2, ["other"], ["api"]);
    await deploy("both@1", "production", 10, ["web"]);
    await deploy("both@2", "production", 11);
    expect(await describeAll("change")).toEqual([
      `api production: passed (both@2, ${day(11)})`,
      `web production: live (both@1, ${day(10)})`,
    ]);
    expect(await describeAll("other")).toEqual([`api production: live (both@2, ${day(11)})`]);
  });

  test("returns only projects within reach, and their releases", async () => {
    await release("both@1", 1, ["change"], ["web", "api"]);
    await release("api@2", 2, ["change"], ["api"]);
    await deploy("both@1", "production", 10);
    await deploy("api@2", "secret", 11);
    expect(await describeAll("change", [web])).toEqual([`web production: live (both@1, ${day(10)})`]);
    expect((await find("change", [web]))?.releases.map(({ version }) => version)).toEqual(["both@1"]);
    expect(await find("change", [])).toEqual({ releases: [], environments: [] });
  });

  test("returns nothing if no release contains the commit, or none was deployed", async () => {
    await release("web@1.0.0", 1, ["change"]);
    expect(await find("change")).toMatchObject({ releases: [{ version: "web@1.0.0" }], environments: [] });
    expect(await find("unknown")).toEqual({ releases: [], environments: [] });
  });

  test("returns all releases, newest first by release date", async () => {
    for (const [n, released] of [3, 1, 2].entries()) await release(`web@${n}.0.0`, released, ["change"]);
    expect((await find("change"))?.releases.map(({ version }) => version)).toEqual(["web@0.0.0", "web@2.0.0", "web@1.0.0"]);
  });

  test("runs as many statements for fifty commits in fifty releases as for one", async () => {
    const shas = Array.from({ length: 50 }, (_, n) => `c${n}`);
    for (let n = 1; n <= 50; n += 1) await release(`web@${n}.0.0`, 1, shas.slice(0, n), ["web", "api"]);
    for (const environment of ["staging", "production", "canary"]) await deploy("web@7.0.0", environment, 10);
    const { store, taken } = countedStore(bench.app.store);
    const { commits } = store.read.tables;
    const ids = (await store.read.select({ id: commits.id }).from(commits)).map(({ id }) => id);
    taken();
    await findWhereabouts(store.read, organizationId, { all: true }, ids.slice(0, 1));
    const few = taken();
    const found = await findWhereabouts(store.read, organizationId, { all: true }, ids);
    expect([taken(), found.size]).toEqual([few, 50]);
    expect(few).toBeLessThanOrEqual(9);
  });
});
