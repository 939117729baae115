import { openTwoTeams } from "@landfall/testing/access/two-teams";
import type { TestApp } from "@landfall/testing/create-test-app";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createRelease } from "../releases/create.ts";
import { createDeploy } from "./create.ts";
import { listReleaseDeploys } from "./list-in-release.ts";

const acme = { organization: "acme" };
const at = (date: number) => new Date(Date.UTC(2026, 0, date, 0, 0, 0, 5)).toISOString();

describe.each(["sqlite", "pglite", "postgres"] as const)("listReleaseDeploys in %s", (kind) => {
  let bench: TestApp;
  let ci: Context;
  let wim: Context;

  beforeAll(async () => {
    ({ bench, ci, wim } = await openTwoTeams(kind));
    for (const version of ["1", "2"]) await createRelease(ci, { ...acme, version, projects: version === "1" ? ["web", "api"] : ["web"] });
    await deploy(ci, "1", 1, "staging", ["web"]);
    await deploy(ci, "1", 4, "vault", ["api"]);
    await deploy(ci, "1", 3, "production", ["web"]);
    await deploy(ci, "1", 3, "production", ["web", "api"]);
    await deploy(wim, "2", 9, "staging");
  });
  afterAll(() => bench.close());

  const deploy = (by: Context, version: string, date: number, environment: string, projects?: string[]) =>
    createDeploy(by, { ...acme, version, environment, name: `${date}`, dateFinished: at(date), ...(projects ? { projects } : {}) });
  const page = (by: Context, rest: { version?: string; per_page?: number; cursor?: string | undefined } = {}) =>
    listReleaseDeploys(by, { ...acme, version: "1", ...rest });
  const summarize = ({ items }: Awaited<ReturnType<typeof page>>) => items.map(({ environment, name }) => `${environment} ${name}`);

  test("lists all deploys, last finished first, and pages forward and back", async () => {
    expect(summarize(await page(ci))).toEqual(["vault 4", "production 3", "production 3", "staging 1"]);
    const first = await page(ci, { per_page: 2 });
    const second = await page(ci, { per_page: 2, cursor: first.next?.cursor });
    const back = await page(ci, { per_page: 2, cursor: second.previous?.cursor });
    expect([summarize(first), summarize(second), second.next?.hasResults]).toEqual([
      ["vault 4", "production 3"],
      ["production 3", "staging 1"],
      false,
    ]);
    expect(back.items).toEqual(first.items);
  });

  test("lists only deploys for projects within reach", async () => {
    expect(summarize(await page(wim))).toEqual(["production 3", "production 3", "staging 1"]);
  });

  test("returns the member that deployed", async () => {
    const { items } = await page(wim, { version: "2" });
    expect(items).toEqual([
      {
        id: expect.stringMatching(/^\d+$/),
        environment: "staging",
        dateStarted: null,
        dateFinished: at(9),
        name: "9",
        url: null,
        deployer: { name: "Wim", email: "wim@acme.test", userId: expect.stringMatching(/^\d+$/), isBot: false },
      },
    ]);
    expect((await page(ci)).items[0]?.deployer).toBeNull();
  });
});
