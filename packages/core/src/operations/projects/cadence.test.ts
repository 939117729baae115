import { WEEK } from "@landfall/domain/durations";
import { CadenceView, ReleaseTallyView } from "@landfall/schema/organizations/projects";
import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { deployRows } from "@landfall/testing/rows/deploy-rows";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createDeploy } from "../deploys/create.ts";
import { createRelease } from "../releases/create.ts";
import { countWeeklyDeploys, countWeeklyReleases, getCadence } from "./cadence.ts";
import { countProjectReleases, countReleasesOf } from "./count-releases.ts";

const organization = "acme";

/** A Wednesday; its week began on 29 June. */
const NOW = "2026-07-01T12:00:00.000Z";

const MONDAY = Date.UTC(2026, 5, 29);

describe.each(["sqlite", "pglite"] as const)("getCadence over %s", (kind) => {
  let bench: TestApp;
  let owner: Context;
  let ci: Context;
  let organizationId: number;
  let projectIds: ReadonlyMap<string, number>;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    const as = callers(bench.app, bench.given);
    ({ id: organizationId, projectIds } = await bench.given.organization(organization, {
      openMembership: false,
      teams: ["near", "far"],
      projects: { web: "near", api: "far" },
    }));
    await bench.given.user("boss@acme.test", { organization, role: "owner" });
    await bench.given.user("ada@acme.test", { organization, teams: ["near"] });
    [owner, ci] = [await as.person("boss@acme.test"), await as.ci(organization)];
  });
  afterEach(() => bench.close());

  const at = (iso: string) => bench.clock.set(iso);
  const release = (version: string, more: Partial<Parameters<typeof createRelease>[1]> = {}) =>
    createRelease(ci, { organization, version, projects: ["web"], ...more });
  const deploy = (version: string, more: Partial<Parameters<typeof createDeploy>[1]> = {}) =>
    createDeploy(ci, { organization, version, environment: "production", ...more });
  const cadence = (weeks?: number, project = "web") => {
    at(NOW);
    return getCadence(owner, { organization, project, ...(weeks === undefined ? {} : { weeks }) });
  };

  it("returns 26 whole weeks from Monday on, the current one last, also without data", async () => {
    const view = await cadence();
    expect(CadenceView.parse(view)).toEqual(view);
    expect(view.weeks).toHaveLength(26);
    expect(view.weeks.at(-1)).toEqual({ start: "2026-06-29T00:00:00Z", releases: 0, deploys: 0 });
    expect(view.weeks[0]?.start).toBe("2026-01-05T00:00:00Z");
    for (const { start } of view.weeks) expect(new Date(start).getUTCDay()).toBe(1);
  });

  it("counts each in its week, to the millisecond", async () => {
    at("2026-06-14T23:59:59.999Z");
    await release("too-old");
    at("2026-06-15T00:00:00.000Z");
    await release("first");
    await deploy("first");
    at("2026-06-21T23:59:59.999Z");
    await release("last-of-the-first");
    at("2026-06-22T00:00:00.000Z");
    await release("second");
    at("2026-06-28T23:59:59.999Z");
    await deploy("second", { environment: "staging" });
    at("2026-06-29T00:00:00.000Z");
    await deploy("second");
    await deploy("second");
    expect(await cadence(3)).toEqual({
      weeks: [
        { start: "2026-06-15T00:00:00Z", releases: 2, deploys: 1 },
        { start: "2026-06-22T00:00:00Z", releases: 1, deploys: 1 },
        { start: "2026-06-29T00:00:00Z", releases: 0, deploys: 2 },
      ],
    });
    expect((await cadence(1)).weeks).toEqual([{ start: "2026-06-29T00:00:00Z", releases: 0, deploys: 2 }]);
    expect((await cadence(53)).weeks.map(({ releases }) => releases).filter(Boolean)).toEqual([1, 2, 1]);
  });

  it("counts releases by release date, including archived ones and excluding future ones", async () => {
    at("2026-06-16T00:00:00Z");
    await release("late", { dateReleased: "2026-06-23T00:00:00Z" });
    await release("archived", { status: "archived" });
    await release("to-come", { dateReleased: "2026-08-01T00:00:00Z" });
    await deploy("late", { dateFinished: "2026-08-01T00:00:00Z" });
    const { weeks } = await cadence(3);
    expect(weeks.map(({ releases, deploys }) => [releases, deploys])).toEqual([
      [1, 0],
      [1, 0],
      [0, 0],
    ]);
  });

  it("counts only releases and deploys of the project", async () => {
    at("2026-06-30T00:00:00Z");
    await release("both", { projects: ["web", "api"] });
    await deploy("both");
    await deploy("both", { projects: ["api"] });
    await deploy("both", { projects: ["api"], environment: "staging" });
    expect((await cadence(1)).weeks[0]).toMatchObject({ releases: 1, deploys: 1 });
    expect((await cadence(1, "api")).weeks[0]).toMatchObject({ releases: 1, deploys: 3 });
  });

  it("rejects other numbers of weeks, and projects out of reach", async () => {
    for (const weeks of [0, 54, 1.5]) await expect(cadence(weeks)).rejects.toMatchObject({ code: "invalid" });
    await expect(cadence(1, "none")).rejects.toMatchObject({ code: "not_found" });
    const member = await callers(bench.app, bench.given).person("ada@acme.test");
    await expect(getCadence(member, { organization, project: "api" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("returns null for weeks that were not read", async () => {
    const web = projectIds.get("web") ?? 0;
    const rows = deployRows(bench.app.store, organizationId);
    const old = new Date(MONDAY - 2 * WEEK);
    const recent = new Date(MONDAY + 1000);
    const [first = 0, second = 0] = await rows.releases([
      { version: "old", date: old, projectIds: [web] },
      { version: "recent", date: recent, projectIds: [web] },
    ]);
    const [production = 0] = await rows.environments(["production"]);
    const row = (releaseId: number, finished: Date) => ({ releaseId, environmentId: production, projectIds: [web], finished });
    await rows.deploys([row(first, old), ...Array.from({ length: 5 }, () => row(second, recent))]);
    const span = { organizationId, projectId: web, from: new Date(MONDAY - 3 * WEEK), to: new Date(MONDAY + WEEK), most: 5 };
    const { read } = bench.app.store;
    const [releases, deploys] = await Promise.all([countWeeklyReleases(read, span), countWeeklyDeploys(read, span)]);
    expect([0, 1, 2, 3].map(releases)).toEqual([0, 1, 0, 1]);
    expect([0, 1, 2, 3].map(deploys)).toEqual([null, null, 0, 5]);
  });

  it("runs the same number of queries for any amount of data", async () => {
    const { store, taken } = countedStore(bench.app.store);
    const statements = async () => {
      taken();
      await getCadence({ ...owner, store }, { organization, project: "web", weeks: 53 });
      const cadence = taken();
      await countProjectReleases({ ...owner, store }, { organization });
      return [cadence, taken()];
    };
    at("2026-06-30T00:00:00Z");
    const before = await statements();
    for (const version of ["1", "2", "3"]) {
      await release(version, { projects: ["web", "api"] });
      await deploy(version);
      await deploy(version, { environment: "staging" });
    }
    expect(await statements()).toEqual(before);
    expect(before[0]).toBeGreaterThan(2);
  });

  it("counts all releases of projects within reach", async () => {
    await release("1");
    await release("2", { projects: ["web", "api"], status: "archived" });
    const member = await callers(bench.app, bench.given).person("ada@acme.test");
    const tallies = async (context: Context, project?: string[]) =>
      (await countProjectReleases(context, { organization, project })).map(({ project: slug, count }) => [slug, count]);
    expect(await tallies(owner)).toEqual([
      ["api", 1],
      ["web", 2],
    ]);
    expect(await tallies(owner, ["web"])).toEqual([["web", 2]]);
    expect(await tallies(member)).toEqual([["web", 2]]);
    await expect(countProjectReleases(member, { organization, project: ["api"] })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("counts the releases of each project in the last twelve weeks, to the millisecond", async () => {
    at("2026-04-12T23:59:59.999Z");
    await release("too-old");
    at("2026-04-13T00:00:00.000Z");
    await release("first");
    at("2026-06-28T23:59:59.999Z");
    await release("both", { projects: ["web", "api"], status: "archived" });
    at("2026-06-29T00:00:00.000Z");
    await release("current");
    await release("to-come", { dateReleased: "2026-07-06T00:00:00Z" });
    at(NOW);
    const [api, web] = await countProjectReleases(owner, { organization });
    expect(ReleaseTallyView.parse(web)).toEqual(web);
    expect(web?.weeks.map(({ releases }) => releases)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
    expect(web?.weeks[0]?.start).toBe("2026-04-13T00:00:00Z");
    expect(api?.weeks.map(({ releases }) => releases)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
    const all = (await cadence(12)).weeks.map(({ releases }) => releases);
    expect(web?.weeks.map(({ releases }) => releases)).toEqual(all);
  });

  it("counts at most 200 releases of a week", async () => {
    const web = projectIds.get("web") ?? 0;
    await deployRows(bench.app.store, organizationId).releases(
      Array.from({ length: 201 }, (_, number) => ({ version: `${number}`, date: new Date(MONDAY), projectIds: [web] })),
    );
    at(NOW);
    const [tally] = await countProjectReleases(owner, { organization, project: ["web"] });
    expect(tally?.weeks.at(-1)?.releases).toBe(200);
    expect(tally?.count).toBe(201);
  });

  it("counts releases of a project up to the limit", async () => {
    for (const version of ["1", "2", "3"]) await release(version);
    const web = projectIds.get("web") ?? 0;
    const count = (most: number) => countReleasesOf(bench.app.store.read, [web], most);
    expect(await count(2)).toEqual(new Map([[web, { count: 2, isCapped: true }]]));
    expect(await count(3)).toEqual(new Map([[web, { count: 3, isCapped: false }]]));
  });
});
