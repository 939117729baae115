import { createCaller } from "@landfall/api/app-router";
import { BROWSE_SORTS } from "@landfall/schema/constants";
import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { deployRows } from "@landfall/testing/rows/deploy-rows";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { readHiddenCounts } from "./empty-list.tsx";
import { DEFAULT_FILTERS, type ListFilters } from "./list-filters.ts";
import { readFilterOptions, readList } from "./read-list.ts";

const organization = "acme";
const MINUTE = 60_000;

let bench: TestApp;
beforeEach(async () => void (bench = await createTestApp()));
afterEach(() => bench.close());

/** What the page reads for an address, and how many statements that takes. */
async function reader() {
  const { id } = await bench.given.organization(organization);
  await bench.given.user("olga@acme.test", { organization, role: "owner" });
  const rows = deployRows(bench.app.store, id);
  const projects = await rows.projects(["web", "api"]);
  const environments = await rows.environments(["staging", "production"]);
  const counted = countedStore(bench.app.store);
  const as = callers(bench.app, bench.given);
  const page = { call: createCaller({ ...(await as.person("olga@acme.test")), store: counted.store }), organization, role: "owner" };
  return {
    page,
    async add(from: number, count: number) {
      const made = Array.from({ length: count }, (_, index) => ({
        version: `web@1.${from + index}.0+${from + index}`,
        date: new Date(Date.UTC(2026, 0, 1) + (from + index) * MINUTE),
        projectIds: projects,
      }));
      const ids = await rows.releases(made);
      await rows.deploys(
        ids.slice(-120).map((releaseId, index) => ({
          releaseId,
          environmentId: environments[index % 2] ?? 0,
          projectIds: projects,
          finished: new Date(Date.UTC(2026, 1, 1)),
        })),
      );
    },
    async statements(address: ListFilters, cursor: string | null = null) {
      counted.taken();
      const { page: list } = await readList(page, address, cursor);
      await readFilterOptions(page);
      await page.call.views.list({ organization, page: "releases" });
      if (list.items.length === 0) await readHiddenCounts(page, address);
      return { count: counted.taken(), list };
    },
  };
}

describe("the reads of the releases page", () => {
  it("take as many statements for a hundred releases as for ten thousand", async () => {
    const { add, statements } = await reader();
    const addresses: ListFilters[] = [
      ...BROWSE_SORTS.map((sort) => ({ ...DEFAULT_FILTERS, sort })),
      { ...DEFAULT_FILTERS, projects: ["web"], environments: ["production"] },
      { ...DEFAULT_FILTERS, query: "release.version:>=1.10 finalized:true" },
      { ...DEFAULT_FILTERS, status: "archived" },
    ];
    const all = async () => {
      const counts: number[] = [];
      for (const address of addresses) {
        const { count, list } = await statements(address);
        counts.push(count);
        if (list.next?.hasResults) counts.push((await statements(address, list.next.cursor)).count);
      }
      return counts;
    };
    await add(0, 130);
    const few = await all();
    await add(130, 9870);
    expect(await all()).toEqual(few);
    expect(Math.max(...few)).toBeLessThanOrEqual(25);
  });

  test.each([
    [{ query: "environment:production" }, { isSearch: true, message: "Invalid key for this search: environment" }],
    [{ environments: ["nowhere"] }, { isSearch: false, message: expect.stringContaining("nowhere") }],
    [{ projects: ["stranger"] }, { isSearch: false, message: expect.stringContaining("stranger") }],
    [{ query: "release.stage:adopted" }, { isSearch: true, message: "Choose a single environment to filter by release stage." }],
  ])("%j is told, and the whole list shown instead", async (wrong, refusal) => {
    const { add, page } = await reader();
    await add(0, 3);
    const read = await readList(page, { ...DEFAULT_FILTERS, ...wrong }, null);
    expect(read.refusal).toEqual(refusal);
    expect(read.page.items).toHaveLength(3);
  });

  it("start again where the page is not one of the list", async () => {
    const { add, page } = await reader();
    await add(0, 3);
    const read = await readList(page, DEFAULT_FILTERS, "x");
    expect(read.refusal).toEqual({ isSearch: false, message: "There is no such page of the list. This is its first one." });
    expect(read.page.items).toHaveLength(3);
  });

  it("tell what an empty list leaves out", async () => {
    const { add, page } = await reader();
    const none = { count: 0, isCapped: false };
    expect(await readHiddenCounts(page, DEFAULT_FILTERS)).toEqual({ archived: none, all: none, beyond: none });
    await add(0, 3);
    await page.call.releases.changeStatus({ organization, versions: ["web@1.0.0+0"], status: "archived" });
    const besides = await readHiddenCounts(page, { ...DEFAULT_FILTERS, query: "web@1.0.0" });
    expect([besides.archived.count, besides.all.count, besides.beyond.count]).toEqual([1, 3, 3]);
  });

  it("offer other teams' projects as a whole to whose list begins with their own", async () => {
    const { page } = await reader();
    await bench.given.user("mia@acme.test", { organization });
    const mia = { ...page, call: createCaller(await callers(bench.app, bench.given).person("mia@acme.test")), role: "member" };
    const values = async (from: typeof page) => (await readFilterOptions(from)).projects.options.map(({ value }) => value);
    expect(await values(page)).toEqual(["api", "web"]);
    expect(await values(mia)).toEqual(["-1", "api", "web"]);
  });
});
