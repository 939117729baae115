import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { getBoard } from "../board/get.ts";
import { createDeploy } from "../deploys/create.ts";
import { listEnvironmentDeploys } from "../deploys/list-recent.ts";
import { createRelease } from "../releases/create.ts";
import { listEnvironments, listProjectEnvironments } from "./list.ts";
import { setEnvironmentHidden } from "./set-hidden.ts";

const acme = { organization: "acme" };
const web = { ...acme, project: "web" };

describe.each(["sqlite", "pglite", "postgres"] as const)("setEnvironmentHidden in %s", (kind) => {
  let bench: TestApp;
  let ada: Context;
  let wim: Context;

  beforeEach(async () => {
    bench = await createTestApp(kind);
    const as = callers(bench.app, bench.given);
    await bench.given.organization("acme", { openMembership: false, teams: ["near", "far"], projects: { web: "near", api: "far" } });
    await bench.given.user("ada@acme.test", { ...acme, role: "admin", teams: ["near", "far"] });
    await bench.given.user("wim@acme.test", { ...acme, role: "admin", teams: ["near"] });
    ada = await as.person("ada@acme.test");
    wim = await as.person("wim@acme.test");
    await createRelease(ada, { ...acme, version: "1", projects: ["web", "api"] });
    for (const environment of ["production", "pr-1"]) await createDeploy(ada, { ...acme, version: "1", environment });
    await createDeploy(ada, { ...acme, version: "1", environment: "api-only", projects: ["api"] });
  });
  afterEach(() => bench.close());

  const hide = (project: string, environment: string, isHidden = true, by = ada) =>
    setEnvironmentHidden(by, { ...acme, project, environment, isHidden });

  const listed = async (by: Context, visibility?: "all" | "hidden") =>
    (await listEnvironments(by, { ...acme, visibility })).items.map(({ name, isHidden }) => (isHidden ? `(${name})` : name));

  const listedInWeb = async (visibility?: "all" | "hidden") =>
    (await listProjectEnvironments(ada, { ...web, visibility })).items.map(({ name, isHidden }) => (isHidden ? `(${name})` : name));

  const board = async (by: Context, environment?: string[]) => {
    const { environments, items } = await getBoard(by, { ...acme, environment });
    const cells = items.map(({ project, cells: row }) => [project.slug, ...row.map((cell) => cell.environment)].join(" "));
    return { columns: environments.map(({ name, projects }) => `${name} ${projects}`), cells };
  };

  const audit = () => {
    const { auditLog } = bench.app.store.read.tables;
    return bench.app.store.read.select().from(auditLog);
  };

  it("removes it from the project's list until it is shown again", async () => {
    expect(await hide("web", "pr-1")).toEqual({ id: expect.stringMatching(/^\d+$/), name: "pr-1", isHidden: true });
    expect([await listedInWeb(), await listedInWeb("hidden"), await listedInWeb("all")]).toEqual([
      ["production"],
      ["(pr-1)"],
      ["production", "(pr-1)"],
    ]);
    expect(await hide("web", "pr-1", false)).toMatchObject({ isHidden: false });
    expect([await listedInWeb(), await listedInWeb("hidden")]).toEqual([["production", "pr-1"], []]);
  });

  it("removes it from the organization's list when every project within reach hides it", async () => {
    await hide("web", "pr-1");
    expect([await listed(ada), await listed(ada, "hidden")]).toEqual([["production", "api-only", "pr-1"], []]);
    expect([await listed(wim), await listed(wim, "hidden"), await listed(wim, "all")]).toEqual([
      ["production"],
      ["(pr-1)"],
      ["production", "(pr-1)"],
    ]);
    await hide("api", "pr-1");
    const ci = await callers(bench.app, bench.given).ci("acme");
    for (const all of [ada, ci]) {
      expect([await listed(all), await listed(all, "hidden"), await listed(all, "all")]).toEqual([
        ["production", "api-only"],
        ["(pr-1)"],
        ["production", "api-only", "(pr-1)"],
      ]);
    }
  });

  it("removes the project's cell from the board, and the column with its last cell, unless given by name", async () => {
    await hide("web", "pr-1");
    expect(await board(ada)).toEqual({
      columns: ["production 2", "api-only 1", "pr-1 1"],
      cells: ["api production api-only pr-1", "web production"],
    });
    for (const named of [undefined, []]) expect(await board(wim, named)).toEqual({ columns: ["production 1"], cells: ["web production"] });
    expect((await board(ada, [])).cells).toEqual(["api production api-only pr-1", "web production"]);
    await hide("api", "pr-1");
    expect((await board(ada)).columns).toEqual(["production 2", "api-only 1"]);
    expect(await board(ada, ["pr-1"])).toEqual({ columns: ["pr-1 2"], cells: ["api pr-1", "web pr-1"] });
    await hide("api", "pr-1", false);
    const { items } = await getBoard(ada, { ...acme, environment: ["pr-1", "production"] });
    const hidden = items.flatMap(({ cells }) => cells.map(({ environment, isHidden }) => `${environment} ${isHidden}`));
    expect(hidden).toEqual(["pr-1 false", "production false", "pr-1 true", "production false"]);
  });

  it("keeps its history, and stays hidden after further deploys", async () => {
    await hide("web", "pr-1");
    await createDeploy(ada, { ...acme, version: "1", environment: "pr-1" });
    expect(await listedInWeb()).toEqual(["production"]);
    expect((await listEnvironmentDeploys(wim, { ...web, environment: "pr-1" })).items).toHaveLength(2);
  });

  it("is recorded if it changes something", async () => {
    const before = (await audit()).length;
    for (const isHidden of [false, true, true]) await hide("web", "pr-1", isHidden);
    expect((await audit()).slice(before)).toMatchObject([
      { action: "environment.update", target: "pr-1", details: { project: "web", isHidden: true }, actor: expect.stringMatching(/^user:/) },
    ]);
  });

  it.each(["nowhere", "api-only", ""])("returns 404 for %j, which the project was never deployed to", async (environment) => {
    await expect(hide("web", environment)).rejects.toMatchObject({ code: "not_found" });
  });

  it("rejects other types, projects out of reach, and callers who may not change the project", async () => {
    const call = setEnvironmentHidden.call(ada, web, () => ({ environment: "pr-1", isHidden: "yes" }));
    await expect(call).rejects.toMatchObject({ code: "invalid", issues: [{ path: ["isHidden"], message: "Must be a valid boolean." }] });
    await expect(hide("api", "pr-1", true, wim)).rejects.toMatchObject({ code: "not_found" });
    await expect(hide("web", "pr-1", true, await callers(bench.app, bench.given).ci("acme"))).rejects.toMatchObject({ code: "forbidden" });
    expect(await listed(ada, "hidden")).toEqual([]);
  });
});
