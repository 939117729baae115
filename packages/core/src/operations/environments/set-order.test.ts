import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { getBoard } from "../board/get.ts";
import { createDeploy } from "../deploys/create.ts";
import { createRelease } from "../releases/create.ts";
import { getReleaseSummary } from "../releases/get-summary.ts";
import { browseReleases } from "../releases/browse.ts";
import { listEnvironments, listProjectEnvironments } from "./list.ts";
import { setEnvironmentOrder } from "./set-order.ts";

const acme = { organization: "acme" };

describe.each(["sqlite", "pglite"] as const)("setEnvironmentOrder in %s", (kind) => {
  let bench: TestApp;
  let owner: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    await bench.given.organization("acme", { openMembership: false, teams: ["near", "far"], projects: { web: "near", api: "far" } });
    await bench.given.user("owner@acme.test", { ...acme, role: "owner" });
    owner = await callers(bench.app, bench.given).person("owner@acme.test");
    await createRelease(owner, { ...acme, version: "1", projects: ["web", "api"] });
    for (const environment of ["dev", "eu", "production", "staging"]) await deploy(environment);
  });
  afterEach(() => bench.close());

  const deploy = (environment: string) => createDeploy(owner, { ...acme, version: "1", environment });
  const order = (...environments: string[]) => setEnvironmentOrder(owner, { ...acme, environments });
  /** The order in each place that shows environments. */
  const shown = async () => {
    const [board, all, inProject, releases, summary] = await Promise.all([
      getBoard(owner, acme),
      listEnvironments(owner, acme),
      listProjectEnvironments(owner, { ...acme, project: "web" }),
      browseReleases(owner, acme),
      getReleaseSummary(owner, { ...acme, version: "1" }),
    ]);
    const orders = [
      board.environments,
      all.items,
      inProject.items,
      releases.items[0]?.environments ?? [],
      summary.environments.map(({ deploy: { environment: name } }) => ({ name })),
    ].map((list) => list.map(({ name }) => name).join(" "));
    return [...new Set(orders)];
  };
  const audit = async () => {
    const { auditLog } = bench.app.store.read.tables;
    const rows = await bench.app.store.read.select().from(auditLog);
    return rows.filter(({ action }) => action === "environment.order").map(({ target, details }) => [target, details]);
  };

  it("places the given environments first everywhere, then the others, production first", async () => {
    expect(await shown()).toEqual(["production eu staging dev"]);
    expect(await order("staging", "dev")).toEqual({ environments: ["staging", "dev"] });
    expect(await shown()).toEqual(["staging dev production eu"]);
    await order("eu", "eu", "staging");
    expect(await shown()).toEqual(["eu staging production dev"]);
    await order();
    expect(await shown()).toEqual(["production eu staging dev"]);
  });

  it("places environments that are created later after them", async () => {
    await order("dev", "production", "eu", "staging");
    await deploy("canary");
    expect(await shown()).toEqual(["dev production eu staging canary"]);
  });

  it("changes nothing of another organization", async () => {
    await bench.given.organization("globex", { teams: ["t"], projects: { web: "t" } });
    const globex = { organization: "globex" };
    const ci = await callers(bench.app, bench.given).ci("globex");
    await createRelease(ci, { ...globex, version: "1", projects: ["web"] });
    for (const environment of ["dev", "production"]) await createDeploy(ci, { ...globex, version: "1", environment });
    await order("dev");
    expect((await listEnvironments(ci, globex)).items.map(({ name }) => name)).toEqual(["production", "dev"]);
  });

  it("is recorded if it changes something", async () => {
    for (const names of [["dev"], ["dev"], []]) await order(...names);
    expect(await audit()).toEqual([
      ["dev", { before: { order: [] }, after: { order: ["dev"] } }],
      ["default order", { before: { order: ["dev"] }, after: { order: [] } }],
    ]);
  });

  it("rejects unknown environments, and more than 100, and keeps the order", async () => {
    const failure = { code: "invalid", issues: [{ path: ["environments"], message: expect.stringContaining("does not exist") }] };
    await expect(order("production", "nowhere")).rejects.toMatchObject(failure);
    await expect(order(...Array.from({ length: 101 }, (_, index) => `e${index}`))).rejects.toMatchObject({ code: "invalid" });
    expect(await shown()).toEqual(["production eu staging dev"]);
  });
});
