import { DAY } from "@landfall/domain/durations";
import { instant } from "@landfall/schema/instant";
import type { Callers } from "@landfall/testing/access/callers";
import { openTwoTeams } from "@landfall/testing/access/two-teams";
import type { TestApp } from "@landfall/testing/create-test-app";
import { deployRows } from "@landfall/testing/rows/deploy-rows";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { compareReleases } from "../compare/compare.ts";
import { createDeploy } from "../deploys/create.ts";
import { createRelease } from "../releases/create.ts";
import { getBoard } from "./get.ts";

const acme = { organization: "acme" };
const day = (date: number) => instant(new Date(Date.UTC(2026, 0, date)));

describe.each(["sqlite", "pglite", "postgres"] as const)("getBoard in %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ci: Context;
  let wim: Context;

  beforeAll(async () => {
    ({ bench, as, ci, wim } = await openTwoTeams(kind, { projects: { web: "web", shop: "web", idle: "web", api: "api" } }));
    await release(1, "web@1.0", ["web"], 1);
    await release(2, "web@1.1", ["web"], 2);
    await release(4, "web@1.2", ["web"], 3);
    await release(4, "shop@1", ["shop"]);
    await release(5, "shop@2", ["shop"]);
    await release(5, "both@1", ["web", "api"]);
    await deploy(10, "web@1.0", "production");
    await deploy(11, "web@1.1", "production");
    await deploy(12, "web@1.2", "staging", wim);
    await deploy(10, "shop@1", "staging");
    await deploy(11, "shop@2", "production");
    await deploy(12, "shop@2", "dev");
    await deploy(14, "both@1", "canary");
  });
  afterAll(() => bench.close());

  async function release(date: number, version: string, projects: [string, ...string[]], commits = 0) {
    bench.clock.set(day(date));
    const ids = Array.from({ length: commits }, (_, index) => ({ id: `${version}-${index}` }));
    await createRelease(ci, { ...acme, version, projects, commits: ids });
  }

  const deploy = (date: number, version: string, environment: string, by = ci, projects?: string[]) =>
    createDeploy(by, { ...acme, version, environment, dateFinished: day(date), dateStarted: day(date - 1), projects });

  /** Returns rows as text: the release in each column, and how far it is behind. */
  const summarize = async (by: Context, ask: Partial<Parameters<typeof getBoard>[1]> = {}) => {
    const board = await getBoard(by, { ...acme, ...ask });
    const cellOf = ({ environment, release: { version }, drift }: (typeof board.items)[number]["cells"][number]) =>
      `${environment} ${version}${drift ? ` (${drift.environment} +${drift.releases}/${drift.commits} ${drift.days}d)` : ""}`;
    return {
      columns: board.environments.map(({ name, projects }) => `${name} ${projects}`),
      rows: board.items.map(({ project, cells }) => [project.slug, ...cells.map(cellOf)]),
    };
  };

  it("returns every project by slug, with the last deploy to each of its environments", async () => {
    expect(await summarize(ci)).toEqual({
      columns: ["production 2", "canary 2", "staging 2", "dev 1"],
      rows: [
        ["api", "canary both@1"],
        ["idle"],
        ["shop", "production shop@2", "staging shop@1 (production +1/0 1d)", "dev shop@2"],
        ["web", "production web@1.1 (staging +1/3 2d)", "canary both@1", "staging web@1.2"],
      ],
    });
  });

  it("returns the release, the deploy, and the previous release of a cell", async () => {
    const { items } = await getBoard(wim, { ...acme, project: ["web"] });
    expect(items.map(({ project }) => project)).toEqual([{ id: expect.stringMatching(/^\d+$/), slug: "web", name: "web", platform: null }]);
    const [production, , staging] = items[0]?.cells ?? [];
    expect(staging).toEqual({
      environment: "staging",
      release: {
        version: "web@1.2",
        description: "1.2",
        package: "web",
        status: "open",
        dateCreated: day(4),
        dateReleased: null,
        commitCount: 3,
        deployCount: 1,
      },
      deploy: {
        id: expect.stringMatching(/^\d+$/),
        environment: "staging",
        dateStarted: day(11),
        dateFinished: day(12),
        name: null,
        url: null,
        deployer: { name: "Wim", email: "wim@acme.test", userId: expect.stringMatching(/^\d+$/), isBot: false },
      },
      previous: null,
      isRolledBack: false,
      isHidden: false,
      drift: null,
    });
    expect(production).toMatchObject({
      previous: { version: "web@1.0", dateFinished: day(10) },
      deploy: { deployer: null },
      drift: { environment: "staging", version: "web@1.2", releases: 1, commits: 3, days: 2, isCapped: false },
    });
  });

  it("has no drift between equal versions, and counts a release only for the projects it was deployed for", async () => {
    await release(20, "both@2", ["web", "api"]);
    await deploy(21, "both@2", "eu-canary", ci, ["web"]);
    await deploy(22, "both@2", "us-canary", ci, ["web"]);
    await deploy(23, "both@2", "us-canary", ci, ["api"]);
    expect((await summarize(ci, { environment: ["eu-canary", "us-canary"] })).rows).toEqual([
      ["api", "us-canary both@2"],
      ["idle"],
      ["shop"],
      ["web", "eu-canary both@2", "us-canary both@2"],
    ]);
    const { items } = await getBoard(ci, { ...acme, project: ["web"], environment: ["eu-canary", "us-canary"] });
    expect(items[0]?.cells[1]?.deploy.dateFinished).toBe(day(22));
  });

  it("measures each environment against the newest release of the same package, without the releases of others", async () => {
    await release(40, "web@3.0", ["web"], 2);
    await release(41, "tool@1", ["web"], 5);
    await release(42, "web@3.1", ["web"], 4);
    await deploy(50, "web@3.1", "stage-a");
    await deploy(51, "web@3.0", "stage-b");
    await deploy(52, "web@1.2", "stage-c");
    await deploy(53, "web@3.1", "stage-d");
    await deploy(54, "tool@1", "stage-e");
    const environment = ["stage-c", "stage-b", "stage-a", "stage-d", "stage-e"];
    expect((await summarize(ci, { project: "web", environment })).rows).toEqual([
      [
        "web",
        "stage-c web@1.2 (stage-a +2/6 38d)",
        "stage-b web@3.0 (stage-a +1/4 2d)",
        "stage-a web@3.1",
        "stage-d web@3.1",
        "stage-e tool@1",
      ],
    ]);
  });

  it("uses the deploy that finished last, and of those of one moment the one recorded last", async () => {
    await deploy(30, "shop@2", "qa");
    await deploy(29, "shop@1", "qa");
    expect((await summarize(ci, { project: "shop", environment: "qa" })).rows).toEqual([["shop", "qa shop@2"]]);
    await deploy(30, "shop@1", "qa");
    expect((await summarize(ci, { project: "shop", environment: "qa" })).rows).toEqual([["shop", "qa shop@1"]]);
  });

  it("marks a version that replaced a later one as rolled back", async () => {
    const before = async () => {
      const { items } = await getBoard(ci, { ...acme, project: ["web"], environment: ["rollbacks"] });
      return items[0]?.cells.map(({ release: { version }, previous, isRolledBack }) => [version, previous?.version, isRolledBack]);
    };
    const seen = [];
    for (const [date, version] of [
      [40, "web@1.1"],
      [41, "web@1.2"],
      [42, "web@1.2"],
      [43, "web@1.1"],
    ] as const) {
      await deploy(date, version, "rollbacks");
      seen.push(...((await before()) ?? []));
    }
    expect(seen).toEqual([
      ["web@1.1", undefined, false],
      ["web@1.2", "web@1.1", false],
      ["web@1.2", "web@1.1", false],
      ["web@1.1", "web@1.2", true],
    ]);
  });

  it("finds the previous release of the same package", async () => {
    await release(44, "tool@2", ["web"]);
    const seen = [];
    for (const [date, version] of [
      [50, "web@3.0"],
      [51, "tool@1"],
      [52, "tool@1"],
      [53, "web@3.1"],
      [54, "tool@2"],
      [55, "web@3.0"],
    ] as const) {
      await deploy(date, version, "mixed");
      const { items } = await getBoard(ci, { ...acme, project: ["web"], environment: ["mixed"] });
      for (const { release: now, previous, isRolledBack } of items[0]?.cells ?? [])
        seen.push([now.version, previous?.version, isRolledBack]);
    }
    expect(seen).toEqual([
      ["web@3.0", undefined, false],
      ["tool@1", undefined, false],
      ["tool@1", undefined, false],
      ["web@3.1", "web@3.0", false],
      ["tool@2", "tool@1", false],
      ["web@3.0", "web@3.1", true],
    ]);
  });

  it("measures a hotfix of an old line against the new line by its version, as a comparison does", async () => {
    await release(60, "web@4.2.1", ["web"], 1);
    await release(61, "web@4.3.0", ["web"], 2);
    await release(62, "web@4.2.2", ["web"], 4);
    await release(63, "web@4.3.0-5-gedf6082", ["web"], 8);
    await deploy(70, "web@4.2.1", "line-a");
    await deploy(71, "web@4.3.0", "line-b");
    await deploy(72, "web@4.2.2", "line-c");
    const rows = async (environment: string[]) => (await summarize(ci, { project: "web", environment })).rows[0];
    expect(await rows(["line-a", "line-b", "line-c"])).toEqual([
      "web",
      "line-a web@4.2.1 (line-b +1/2 1d)",
      "line-b web@4.3.0",
      "line-c web@4.2.2 (line-b +1/2 0d)",
    ]);
    const { added } = await compareReleases(ci, { ...acme, base: "web@4.2.2", head: "web@4.3.0" });
    expect([added?.releases.total, added?.commits.total]).toEqual([1, 2]);
    await deploy(73, "web@4.3.0-5-gedf6082", "line-d");
    expect(await rows(["line-b", "line-d"])).toEqual(["web", "line-b web@4.3.0 (line-d +1/8 2d)", "line-d web@4.3.0-5-gedf6082"]);
    await deploy(74, "web@4.2.2", "line-b");
    const { items } = await getBoard(ci, { ...acme, project: ["web"], environment: ["line-b"] });
    expect(items[0]?.cells[0]).toMatchObject({ previous: { version: "web@4.3.0" }, isRolledBack: true });
  });

  it("has the given columns in the given order, each once", async () => {
    expect(await summarize(wim, { project: ["web"], environment: ["production", "staging", "production"] })).toEqual({
      columns: ["production 1", "staging 1"],
      rows: [["web", "production web@1.1 (staging +1/3 2d)", "staging web@1.2"]],
    });
    for (const environment of ["nowhere", "dev"]) {
      await expect(getBoard(wim, { ...acme, project: "web", environment: ["staging", environment] })).rejects.toMatchObject({
        code: "not_found",
      });
    }
  });

  it("pages by project, with the same columns on all pages", async () => {
    const first = await getBoard(wim, { ...acme, environment: ["staging"], per_page: 2 });
    const second = await getBoard(wim, { ...acme, environment: ["staging"], per_page: 2, cursor: first.next?.cursor });
    expect([first, second].map(({ items }) => items.map(({ project }) => project.slug))).toEqual([["idle", "shop"], ["web"]]);
    expect(second.environments).toEqual([{ name: "staging", projects: 2 }]);
    expect([first.next?.hasResults, second.next?.hasResults, second.previous?.hasResults]).toEqual([true, false, true]);
    await expect(getBoard(wim, { ...acme, per_page: 501 })).rejects.toThrow("Invalid per_page value. Cannot exceed 500.");
  });

  it("leaves out projects out of reach, and their environments and counts", async () => {
    await deploy(31, "both@1", "far-only", ci, ["api"]);
    const board = await summarize(wim);
    expect(board.rows.map(([slug]) => slug)).toEqual(["idle", "shop", "web"]);
    expect(board.columns).toContain("canary 1");
    expect(board.columns.filter((column) => column.startsWith("far-only"))).toEqual([]);
    await expect(getBoard(wim, { ...acme, environment: "far-only" })).rejects.toMatchObject({ code: "not_found" });
    await expect(getBoard(wim, { ...acme, project: ["web", "api"] })).rejects.toMatchObject({ code: "forbidden" });
    await bench.given.user("new@acme.test", acme);
    expect(await summarize(await as.person("new@acme.test"))).toEqual({ columns: [], rows: [] });
  });

  it("has at most twenty columns, stages first, then those with the most projects", async () => {
    const { id, projectIds } = await bench.given.organization("wide", { teams: ["t"], projects: { a: "t", b: "t" } });
    const rows = deployRows(bench.app.store, id);
    const [a = 0, b = 0] = projectIds.values();
    const names = ["production", ...Array.from({ length: 30 }, (_, index) => `branch-${index + 10}`), "staging"];
    const environmentIds = await rows.environments(names);
    const [releaseId = 0] = await rows.releases([{ version: "1", date: new Date(day(1)), projectIds: [a, b] }]);
    const finished = new Date(day(2));
    await rows.deploys(
      environmentIds.map((environmentId, index) => ({ releaseId, environmentId, projectIds: index === 5 ? [a, b] : [a], finished })),
    );
    const wide = await getBoard(await as.ci("wide"), { organization: "wide" });
    const newest = Array.from({ length: 17 }, (_, index) => `branch-${index + 23}`);
    expect(wide.environments.map(({ name }) => name)).toEqual(["production", "branch-14", ...newest, "staging"]);
    expect(wide.environmentsLeftOut).toBe(12);
    expect(wide.items.map(({ cells }) => cells.length)).toEqual([20, 1]);
    const named = await getBoard(await as.ci("wide"), { organization: "wide", environment: names });
    expect([named.environments.map(({ name }) => name), named.environmentsLeftOut]).toEqual([names.slice(0, 20), 12]);
  });

  it("runs as many queries for 300 projects as for 3", async () => {
    const { id } = await bench.given.organization("large");
    const rows = deployRows(bench.app.store, id);
    const environmentIds = await rows.environments(["staging", "production"]);
    const slugs = Array.from({ length: 300 }, (_, index) => `p${index}`);
    const projectIds = await rows.projects(slugs);
    const releases = projectIds.flatMap((projectId, index) =>
      [1, 2, 3].map((date) => ({ version: `p${index}@${date}`, date: new Date(day(date)), projectIds: [projectId], commitCount: date })),
    );
    const releaseIds = await rows.releases(releases);
    const deploys = releaseIds.flatMap((releaseId, index) =>
      environmentIds.map((environmentId, stage) => {
        const { projectIds: ids, date } = releases[index] ?? { projectIds: [], date: new Date(0) };
        return { releaseId, environmentId, projectIds: ids, finished: new Date(date.getTime() + DAY), stage };
      }),
    );
    await rows.deploys(deploys.filter(({ finished, stage }) => stage === 0 || finished < new Date(day(4))));
    const { store, taken } = countedStore(bench.app.store);
    const large = { ...(await as.ci("large")), store };
    const few = await getBoard(large, { organization: "large", project: slugs.slice(0, 3) });
    const statements = taken();
    const all = await getBoard(large, { organization: "large", project: slugs.slice(0, 200) });
    expect(taken()).toBe(statements);
    expect(statements).toBeLessThan(12);
    const whole = await getBoard(large, { organization: "large" });
    expect(taken()).toBeLessThanOrEqual(statements);
    expect([few, all, whole].map(({ items }) => items.length)).toEqual([3, 200, 300]);
    const cells = whole.items.flatMap((row) =>
      row.cells.map(({ environment, release: { version }, drift }) => [
        environment,
        version.split("@")[1],
        drift?.releases,
        drift?.commits,
      ]),
    );
    expect(new Set(cells.map((cell) => cell.join()))).toEqual(new Set(["staging,3,,", "production,2,1,3"]));
  });
});
