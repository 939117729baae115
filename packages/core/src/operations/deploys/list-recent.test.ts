import { HOUR } from "@landfall/domain/durations";
import { instant } from "@landfall/schema/instant";
import type { EnvironmentDeployView } from "@landfall/schema/releases/board";
import type { Callers } from "@landfall/testing/access/callers";
import { openTwoTeams } from "@landfall/testing/access/two-teams";
import type { TestApp } from "@landfall/testing/create-test-app";
import { deployRows } from "@landfall/testing/rows/deploy-rows";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createRelease } from "../releases/create.ts";
import { createDeploy } from "./create.ts";
import { listEnvironmentDeploys, listRecentDeploys } from "./list-recent.ts";

const acme = { organization: "acme" };
const day = (date: number) => new Date(Date.UTC(2026, 0, date));

describe.each(["sqlite", "pglite", "postgres"] as const)("listRecentDeploys in %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ci: Context;
  let wim: Context;

  beforeAll(async () => {
    ({ bench, as, ci, wim } = await openTwoTeams(kind));
    await bench.given.organization("globex", { teams: ["t"], projects: { web: "t" } });
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

  const summarize = async (by: Context, ask: Partial<Parameters<typeof listRecentDeploys>[1]> = {}) => {
    const { items } = await listRecentDeploys(by, { ...acme, ...ask });
    return items.map(({ version, environment, kind: change, from }) => `${version} ${environment} ${change} ${from?.version ?? "-"}`);
  };

  it("lists deploys to all environments, each with the previous release", async () => {
    expect(await summarize(ci)).toEqual([
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
  ])("lists deploys of %s", async (_, ask, expected) => expect(await summarize(ci, ask)).toEqual(expected));

  it("pages on from the last deploy when newer ones are added", async () => {
    const first = await listRecentDeploys(ci, { ...acme, per_page: 4 });
    expect(first.items).toHaveLength(4);
    expect(await summarize(ci, { per_page: 4, cursor: first.next?.cursor })).toEqual(["web@1 production first -", "web@1 staging first -"]);
  });

  it("leaves out projects out of reach and their environments", async () => {
    expect(await summarize(wim)).toEqual((await summarize(ci, { project: "web" })).filter((line) => !line.includes("canary")));
    expect((await summarize(wim)).join()).not.toContain("api");
    await expect(summarize(wim, { project: ["web", "api"] })).rejects.toMatchObject({ code: "forbidden" });
    await expect(summarize(wim, { environment: ["staging", "canary"] })).rejects.toMatchObject({ code: "not_found" });
    await expect(summarize(ci, { project: "web", environment: "canary" })).rejects.toMatchObject({ code: "not_found" });
    await bench.given.user("new@acme.test", acme);
    expect(await summarize(await as.person("new@acme.test"))).toEqual([]);
  });

  it("rejects invalid dates and cursors", async () => {
    await expect(listRecentDeploys.call(ci, acme, () => ({ from: "soon" }))).rejects.toMatchObject({
      code: "invalid",
      issues: [{ path: ["from"] }],
    });
    await expect(summarize(ci, { cursor: "x" })).rejects.toThrow("Invalid cursor parameter.");
  });

  it("runs as many queries for 300 projects in 300 environments as for 3, however old the deploys are", async () => {
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
    const few = taken();
    const all = await listRecentDeploys(large, { ...ask, per_page: 100 });
    expect(taken()).toBeLessThanOrEqual(few);
    expect(few).toBeLessThan(10);
    for (const { items } of [three, all])
      expect(new Set(items.map(({ kind: change, gap }) => `${change} ${gap}`))).toEqual(new Set(["again 86400000"]));
    expect([three.items.length, all.items.length]).toEqual([3, 100]);
  });
});

const production = { organization: "acme", environment: "production" };
const hour = (count: number) => new Date(Date.UTC(2026, 0, 1) + count * HOUR);

describe.each(["sqlite", "pglite", "postgres"] as const)("listEnvironmentDeploys in %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ci: Context;
  let wim: Context;

  beforeAll(async () => {
    ({ bench, as, ci, wim } = await openTwoTeams(kind));
    await release(1, "web@1", ["web"]);
    await release(2, "api@1", ["api"]);
    await release(3, "web@2", ["web"]);
    await release(4, "both@1", ["web", "api"]);
    await deploy("web@1", { from: 9, to: 10 });
    await deploy("api@1", { to: 11 });
    await deploy("web@2", { from: 13, to: 12 });
    await deploy("web@2", { to: 12, environment: "staging" });
    await deploy("both@1", { from: 20, to: 22 });
    await deploy("web@1", { from: 21, to: 23, by: wim });
    await deploy("web@1", { to: 24 });
  });
  afterAll(() => bench.close());

  async function release(at: number, version: string, projects: [string, ...string[]]) {
    bench.clock.set(instant(hour(at)));
    await createRelease(ci, { organization: "acme", version, projects });
  }

  type DeployDraft = { from?: number; to: number; environment?: string; by?: Context; projects?: string[] };
  const deploy = (version: string, { from, to, environment = "production", by = ci, projects }: DeployDraft) =>
    createDeploy(by, {
      organization: "acme",
      version,
      environment,
      dateStarted: from === undefined ? undefined : instant(hour(from)),
      dateFinished: instant(hour(to)),
      projects,
    });

  const summarize = ({ version, projects, kind: change, duration, gap }: EnvironmentDeployView) =>
    [
      `${version} ${change}`,
      ...projects.map(({ slug, from }) => `${slug} from ${from ?? "nothing"}`),
      ...(duration === null ? [] : [`took ${duration / HOUR}h`]),
      ...(gap === null ? [] : [`after ${gap / HOUR}h`]),
    ].join(", ");

  it("lists deploys last finished first, each with the previous release", async () => {
    const { items } = await listEnvironmentDeploys(ci, production);
    expect(items.map(summarize)).toEqual([
      "web@1 again, web from web@1, after 1h",
      "web@1 back, web from web@2, took 2h, after 9h",
      "both@1 first, api from nothing, web from nothing, took 2h",
      "web@2 forward, web from web@1, after 3h",
      "api@1 first, api from nothing",
      "web@1 first, web from nothing, took 1h",
    ]);
  });

  it("returns the deployer, the dates, and the previous deploy", async () => {
    const { items } = await listEnvironmentDeploys(ci, production);
    expect(items[1]).toEqual({
      id: expect.stringMatching(/^\d+$/),
      environment: "production",
      version: "web@1",
      dateStarted: instant(hour(21)),
      dateFinished: instant(hour(23)),
      name: null,
      url: null,
      deployer: { name: "Wim", email: "wim@acme.test", userId: expect.stringMatching(/^\d+$/), isBot: false },
      projects: [{ id: expect.stringMatching(/^\d+$/), slug: "web", name: "web", from: "web@2" }],
      from: { deployId: items[3]?.id, version: "web@2", dateFinished: instant(hour(12)) },
      kind: "back",
      duration: 2 * HOUR,
      gap: 9 * HOUR,
    });
  });

  it("leaves out projects out of reach and deploys for them alone", async () => {
    expect((await listEnvironmentDeploys(wim, production)).items.map(summarize)).toEqual([
      "web@1 again, web from web@1, after 1h",
      "web@1 back, web from web@2, took 2h, after 9h",
      "both@1 first, web from nothing, took 2h",
      "web@2 forward, web from web@1, after 3h",
      "web@1 first, web from nothing, took 1h",
    ]);
    expect((await listEnvironmentDeploys(ci, { ...production, project: "api" })).items.map(summarize)).toEqual([
      "both@1 first, api from nothing, took 2h",
      "api@1 first, api from nothing",
    ]);
    await expect(listEnvironmentDeploys(wim, { ...production, project: ["api"] })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("returns 404 for an environment of other projects", async () => {
    await deploy("api@1", { to: 30, environment: "far-only" });
    const farOnly = { ...production, environment: "far-only" };
    expect((await listEnvironmentDeploys(ci, farOnly)).items.map(summarize)).toEqual(["api@1 first, api from nothing"]);
    await expect(listEnvironmentDeploys(wim, farOnly)).rejects.toMatchObject({ code: "not_found" });
    await expect(listEnvironmentDeploys(ci, { ...production, environment: "nowhere" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("lists a deploy for the projects whose last deploy of the release is not older", async () => {
    await deploy("both@1", { to: 40, environment: "qa" });
    await deploy("both@1", { to: 41, environment: "qa", projects: ["web"] });
    const qa = { ...production, environment: "qa" };
    expect((await listEnvironmentDeploys(ci, qa)).items.map(summarize)).toEqual([
      "both@1 again, web from both@1, after 1h",
      "both@1 first, api from nothing, web from nothing",
    ]);
    expect((await listEnvironmentDeploys(ci, { ...qa, project: "api" })).items.map(summarize)).toEqual(["both@1 first, api from nothing"]);
  });

  it("finds the previous release behind thousands of deploys of other projects, with as many queries", async () => {
    const { id } = await bench.given.organization("busy");
    const rows = deployRows(bench.app.store, id);
    const [quiet = 0, ...others] = await rows.projects(["quiet", ...Array.from({ length: 300 }, (_, index) => `p${index}`)]);
    const [environmentId = 0] = await rows.environments(["production"]);
    const both = [quiet, ...others.slice(0, 1)];
    const [one = 0, two = 0] = await rows.releases([1, 2].map((at) => ({ version: `q@${at}`, date: hour(at), projectIds: both })));
    const [shared = 0] = await rows.releases([{ version: "others", date: hour(3), projectIds: others }]);
    const noise = Array.from({ length: 1200 }, (_, index) => ({
      releaseId: shared,
      environmentId,
      projectIds: others,
      finished: hour(index),
    }));
    await rows.deploys([
      { releaseId: one, environmentId, projectIds: both, finished: hour(-2) },
      { releaseId: one, environmentId, projectIds: others.slice(0, 1), finished: hour(-1) },
      ...noise.slice(0, 600),
      { releaseId: two, environmentId, projectIds: [quiet], finished: hour(599.5) },
      ...noise.slice(600),
    ]);
    const { store, taken } = countedStore(bench.app.store);
    const busy = { ...(await as.ci("busy")), store };
    const ask = { organization: "busy", environment: "production" };
    const seen = await listEnvironmentDeploys(busy, { ...ask, project: "quiet" });
    const history = ["q@2 forward, quiet from q@1, after 601.5h", "q@1 first, quiet from nothing"];
    expect(seen.items.map(summarize)).toEqual(history);
    taken();
    const first = await listEnvironmentDeploys(busy, { ...ask, project: "quiet", per_page: 1 });
    expect(first.items.map(summarize)).toEqual(history.slice(0, 1));
    const few = taken();
    const newest = await listEnvironmentDeploys(busy, { ...ask, per_page: 3 });
    expect(newest.items.map(({ projects, from }) => [projects.length, from?.version])).toEqual([
      [300, "others"],
      [300, "others"],
      [300, "others"],
    ]);
    expect(taken()).toBeLessThanOrEqual(few);
    expect(few).toBeLessThan(12);
  });

  it.skipIf(kind === "pglite")("continues from a page that scanned 20,000 deploys of other projects", async () => {
    const { id } = await bench.given.organization("noisy");
    const rows = deployRows(bench.app.store, id);
    const [quiet = 0, busy = 0] = await rows.projects(["quiet", "other"]);
    const [environmentId = 0] = await rows.environments(["production"]);
    const [own = 0, foreign = 0] = await rows.releases([
      { version: "own", date: hour(1), projectIds: [quiet] },
      { version: "foreign", date: hour(1), projectIds: [busy] },
    ]);
    const noise = Array.from({ length: 20_001 }, (_, index) => ({
      releaseId: foreign,
      environmentId,
      projectIds: [busy],
      finished: hour(index / 60),
    }));
    await rows.deploys([{ releaseId: own, environmentId, projectIds: [quiet], finished: hour(-1) }, ...noise]);
    const noisy = await as.ci("noisy");
    const ask = { organization: "noisy", environment: "production", project: "quiet" };
    const first = await listEnvironmentDeploys(noisy, ask);
    expect([first.items, first.next?.hasResults]).toEqual([[], true]);
    const second = await listEnvironmentDeploys(noisy, { ...ask, cursor: first.next?.cursor });
    expect([second.items.map(summarize), second.next?.hasResults]).toEqual([["own first, quiet from nothing"], false]);
  });
});
