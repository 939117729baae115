import { MINUTE } from "@landfall/domain/durations";
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

let bench: TestApp;
beforeEach(async () => void (bench = await createTestApp()));
afterEach(() => bench.close());

/** Reads of the page, and their number of statements. */
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
      const releases = Array.from({ length: count }, (_, index) => ({
        version: `web@1.${from + index}.0+${from + index}`,
        date: new Date(Date.UTC(2026, 0, 1) + (from + index) * MINUTE),
        projectIds: projects,
      }));
      const ids = await rows.releases(releases);
      await rows.deploys(
        ids.slice(-120).map((releaseId, index) => ({
          releaseId,
          environmentId: environments[index % 2] ?? 0,
          projectIds: projects,
          finished: new Date(Date.UTC(2026, 1, 1)),
        })),
      );
    },
    async statements(filters: ListFilters, cursor: string | null = null) {
      counted.taken();
      const { page: list } = await readList(page, filters, cursor);
      await readFilterOptions(page);
      await page.call.views.list({ organization, page: "releases" });
      if (list.items.length === 0) await readHiddenCounts(page, filters);
      return { count: counted.taken(), list };
    },
  };
}

describe("the reads of the releases page", () => {
  it("use as many statements for ten thousand releases as for a hundred", async () => {
    const { add, statements } = await reader();
    const lists: ListFilters[] = [
      ...BROWSE_SORTS.map((sort) => ({ ...DEFAULT_FILTERS, sort })),
      { ...DEFAULT_FILTERS, projects: ["web"], environments: ["production"] },
      { ...DEFAULT_FILTERS, query: "release.version:>=1.10 finalized:true" },
      { ...DEFAULT_FILTERS, status: "archived" },
    ];
    const all = async () => {
      const counts: number[] = [];
      for (const filters of lists) {
        const { count, list } = await statements(filters);
        counts.push(count);
        if (list.next?.hasResults) counts.push((await statements(filters, list.next.cursor)).count);
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
    [
      { query: "environment:production" },
      { problem: { reason: "unknown_key", key: "environment" }, message: "Invalid key for this search: environment" },
    ],
    [{ environments: ["nowhere"] }, { problem: null, message: expect.stringContaining("nowhere") }],
    [{ projects: ["stranger"] }, { problem: null, message: expect.stringContaining("stranger") }],
    [
      { query: "release.stage:adopted" },
      { problem: { reason: "value", key: "release.stage" }, message: "Choose a single environment to filter by release stage." },
    ],
  ])("report %j and read the whole list instead", async (invalid, error) => {
    const { add, page } = await reader();
    await add(0, 3);
    const read = await readList(page, { ...DEFAULT_FILTERS, ...invalid }, null);
    expect(read.error).toEqual(error);
    expect(read.page.items).toHaveLength(3);
  });

  it("read the first page for an invalid cursor", async () => {
    const { add, page } = await reader();
    await add(0, 3);
    const read = await readList(page, DEFAULT_FILTERS, "x");
    expect(read.error).toEqual({ problem: null, message: "This page of the list does not exist. Showing the first page." });
    expect(read.page.items).toHaveLength(3);
  });

  it("count what an empty list does not show", async () => {
    const { add, page } = await reader();
    const none = { count: 0, isCapped: false };
    expect(await readHiddenCounts(page, DEFAULT_FILTERS)).toEqual({ archived: none, all: none, otherProjects: none });
    await add(0, 3);
    await page.call.releases.changeStatus({ organization, versions: ["web@1.0.0+0"], status: "archived" });
    const counts = await readHiddenCounts(page, { ...DEFAULT_FILTERS, query: "web@1.0.0" });
    expect([counts.archived.count, counts.all.count, counts.otherProjects.count]).toEqual([1, 3, 3]);
  });

  it("offer all projects to a member whose list starts with their own", async () => {
    const { page } = await reader();
    await bench.given.user("mia@acme.test", { organization });
    const mia = { ...page, call: createCaller(await callers(bench.app, bench.given).person("mia@acme.test")), role: "member" };
    const values = async (from: typeof page) => (await readFilterOptions(from)).projects.options.map(({ value }) => value);
    expect(await values(page)).toEqual(["api", "web"]);
    expect(await values(mia)).toEqual(["-1", "api", "web"]);
  });
});
