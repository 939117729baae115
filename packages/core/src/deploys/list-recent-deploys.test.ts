import { callers, type Callers } from "@landfall/testing/callers";
import { countedStore } from "@landfall/testing/counted-store";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { deployRows } from "@landfall/testing/deploy-rows";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../context.ts";
import { createRelease } from "../releases/create-release.ts";
import { createDeploy } from "./create-deploy.ts";
import { listRecentDeploys } from "./list-recent-deploys.ts";

const acme = { organization: "acme" };
const day = (date: number) => new Date(Date.UTC(2026, 0, date));

describe.each(["sqlite", "pglite", "postgres"] as const)("the last deploys in %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ci: Context;
  let wim: Context;

  beforeAll(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization("acme", { openMembership: false, teams: ["near", "far"], projects: { web: "near", api: "far" } });
    await bench.given.organization("globex", { teams: ["t"], projects: { web: "t" } });
    await bench.given.user("wim@acme.test", { organization: "acme", teams: ["near"] });
    ci = await as.ci("acme");
    wim = await as.person("wim@acme.test");
    await createRelease(ci, { ...acme, version: "web@1", projects: ["web"] });
    await createRelease(ci, { ...acme, version: "web@2", projects: ["web"] });
    await createRelease(ci, { ...acme, version: "api@1", projects: ["api"] });
    const globex = await as.ci("globex");
    await createRelease(globex, { organization: "globex", version: "web@9", projects: ["web"] });
    await createDeploy(globex, { organization: "globex", version: "web@9", environment: "production" });
    await deploy(1, "web@1", "staging");
    await deploy(2, "web@1", "production");
    await deploy(3, "api@1", "canary");
    await deploy(4, "web@2", "staging");
    await deploy(5, "web@2", "production");
    await deploy(6, "web@1", "production");
  });
  afterAll(() => bench.close());

  const deploy = (date: number, version: string, environment: string) =>
    createDeploy(ci, { ...acme, version, environment, dateFinished: day(date).toISOString() });

  const told = async (by: Context, ask: Partial<Parameters<typeof listRecentDeploys>[1]> = {}) => {
    const { items } = await listRecentDeploys(by, { ...acme, ...ask });
    return items.map(({ version, environment, kind: became, from }) => `${version} ${environment} ${became} ${from?.version ?? "-"}`);
  };

  it("are those of all environments, each with what it found in its own", async () => {
    expect(await told(ci)).toEqual([
      "web@1 production back web@2",
      "web@2 production forward web@1",
      "web@2 staging forward web@1",
      "api@1 canary first -",
      "web@1 production first -",
      "web@1 staging first -",
    ]);
  });

  it.each([
    ["one environment", { environment: "staging" }, ["web@2 staging forward web@1", "web@1 staging first -"]],
    [
      "several environments",
      { environment: ["staging", "canary"], from: day(3).toISOString() },
      ["web@2 staging forward web@1", "api@1 canary first -"],
    ],
    ["projects", { project: ["api"] }, ["api@1 canary first -"]],
    [
      "a period, without its end",
      { from: day(4).toISOString(), to: day(6).toISOString() },
      ["web@2 production forward web@1", "web@2 staging forward web@1"],
    ],
    ["a period that ends before it begins", { from: day(6).toISOString(), to: day(4).toISOString() }, []],
  ])("may be those of %s", async (_, ask, expected) => expect(await told(ci, ask)).toEqual(expected));

  it("page on from the last one, whatever is added in front", async () => {
    const first = await listRecentDeploys(ci, { ...acme, per_page: 4 });
    expect(first.items).toHaveLength(4);
    expect(await told(ci, { per_page: 4, cursor: first.next?.cursor })).toEqual(["web@1 production first -", "web@1 staging first -"]);
  });

  it("never are those of projects out of reach, nor tell of their environments", async () => {
    expect(await told(wim)).toEqual((await told(ci, { project: "web" })).filter((line) => !line.includes("canary")));
    expect((await told(wim)).join()).not.toContain("api");
    await expect(told(wim, { project: ["web", "api"] })).rejects.toMatchObject({ code: "forbidden" });
    await expect(told(wim, { environment: ["staging", "canary"] })).rejects.toMatchObject({ code: "not_found" });
    await expect(told(ci, { project: "web", environment: "canary" })).rejects.toMatchObject({ code: "not_found" });
    await bench.given.user("new@acme.test", acme);
    expect(await told(await as.person("new@acme.test"))).toEqual([]);
  });

  it("refuse what is no date or cursor", async () => {
    await expect(listRecentDeploys.call(ci, acme, () => ({ from: "soon" }))).rejects.toMatchObject({
      code: "invalid",
      issues: [{ path: ["from"] }],
    });
    await expect(told(ci, { cursor: "x" })).rejects.toThrow("Invalid cursor parameter.");
  });

  it("take as many questions for 300 projects in as many environments as for 3, found far behind or not", async () => {
    const { id } = await bench.given.organization("large");
    const rows = deployRows(bench.app.store, id);
    const names = Array.from({ length: 300 }, (_, index) => `${index}`);
    const projectIds = await rows.projects(names);
    const environmentIds = await rows.environments(names);
    const releaseIds = await rows.releases(
      projectIds.map((projectId, index) => ({ version: `v${index}`, date: day(1), projectIds: [projectId] })),
    );
    const deploys = [1, 2, 3].flatMap((date) =>
      releaseIds.map((releaseId, index) => ({
        releaseId,
        environmentId: environmentIds[index] ?? 0,
        projectIds: projectIds.slice(index, index + 1),
        finished: day(date),
      })),
    );
    await rows.deploys(deploys);
    const { store, taken } = countedStore(bench.app.store);
    const large = { ...(await as.ci("large")), store };
    const ask = { organization: "large" };
    const three = await listRecentDeploys(large, { ...ask, project: names.slice(0, 3), per_page: 3 });
    const asked = taken();
    const all = await listRecentDeploys(large, { ...ask, per_page: 100 });
    expect(taken()).toBeLessThanOrEqual(asked);
    expect(asked).toBeLessThan(10);
    for (const { items } of [three, all])
      expect(new Set(items.map(({ kind: became, gap }) => `${became} ${gap}`))).toEqual(new Set(["again 86400000"]));
    expect([three.items.length, all.items.length]).toEqual([3, 100]);
  });
});
