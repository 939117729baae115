import { createCaller } from "@landfall/api/app-router";
import type { BoardCellView } from "@landfall/schema/releases/board";
import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { deployRows } from "@landfall/testing/rows/deploy-rows";
import { type CountedStore, countedStore } from "@landfall/testing/stores/wrapped-stores";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readComparison } from "#features/compare/read-comparison.ts";
import { readTimeline } from "#features/deploys/read-timeline.ts";
import { type BoardQuery, parseBoardQuery } from "./board-query.ts";
import { hasDrift, readBoard, toGridRow } from "./read-board.ts";

describe("read board", () => {
  const organization = "acme";
  const at = (day: number) => new Date(Date.UTC(2026, 0, day));

  /** Creates an organization with projects that have two releases in two environments each, and an owner. */
  async function world(bench: TestApp, slug: string, projects: number) {
    const { id } = await bench.given.organization(slug);
    const email = `olga@${slug}.test`;
    await bench.given.user(email, { organization: slug, role: "owner" });
    const rows = deployRows(bench.app.store, id);
    const environments = await rows.environments(["staging", "production"]);
    const projectIds = await rows.projects(Array.from({ length: projects }, (_, index) => `svc-${index}`));
    const releaseInputs = projectIds.flatMap((project, index) =>
      [1, 2].map((day) => ({ version: `svc-${index}@${day}`, date: at(day), projectIds: [project], commitCount: day })),
    );
    const releases = await rows.releases(releaseInputs);
    await rows.deploys(
      releases.flatMap((releaseId, index) =>
        environments.slice(0, index % 2 === 0 ? 2 : 1).map((environmentId) => ({
          releaseId,
          environmentId,
          projectIds: releaseInputs[index]?.projectIds ?? [],
          finished: at(5 + (index % 2)),
        })),
      ),
    );
    const counted: CountedStore = countedStore(bench.app.store);
    const context = await callers(bench.app, bench.given).person(email);
    return { organization: slug, call: createCaller({ ...context, store: counted.store }), taken: counted.taken };
  }

  let bench: TestApp;
  let few: Awaited<ReturnType<typeof world>>;
  let many: Awaited<ReturnType<typeof world>>;

  beforeAll(async () => {
    bench = await createTestApp();
    few = await world(bench, organization, 3);
    many = await world(bench, "wide", 130);
  });
  afterAll(() => bench.close());

  const query = (more: Partial<BoardQuery> = {}): BoardQuery => ({ ...parseBoardQuery({}), ...more });

  const slugs = async (more: Partial<BoardQuery>) =>
    (await readBoard(few.call, organization, query(more))).board.items.map(({ project }) => project.slug);

  describe("readBoard", () => {
    test("returns the projects whose name contains the filter", async () => {
      expect(await slugs({})).toEqual(["svc-0", "svc-1", "svc-2"]);
      expect(await slugs({ filter: "C-1" })).toEqual(["svc-1"]);
      expect(await slugs({ filter: "nobody" })).toEqual([]);
    });

    test("reports when more projects match than are read", async () => {
      const { board, isCut } = await readBoard(many.call, "wide", query({ filter: "svc" }));
      expect([board.items.length, isCut]).toEqual([100, true]);
      expect((await readBoard(many.call, "wide", query({ filter: "svc-12" }))).isCut).toBe(false);
    });

    test("uses the default columns if a named one does not exist, and reports it", async () => {
      const read = async (columns: string[]) => {
        const { board, hasUnknownColumns } = await readBoard(few.call, organization, query({ columns }));
        return [board.environments.map(({ name }) => name).join(" "), hasUnknownColumns];
      };
      expect(await read(["production", "staging"])).toEqual(["production staging", false]);
      expect(await read(["production", "gone"])).toEqual(["production staging", true]);
    });

    test("reads the first page for an invalid cursor", async () => {
      expect(await slugs({ cursor: "x" })).toHaveLength(3);
      await expect(readBoard(few.call, "nobody", query())).rejects.toThrow();
    });
  });

  test("readComparison reports the side that does not exist", async () => {
    const read = (base: string, head: Parameters<typeof readComparison>[2]["head"]) =>
      readComparison(few.call, organization, { base, head });
    expect(await read("svc-0@1", { environment: "staging", project: "svc-0" })).toMatchObject({
      kind: "found",
      comparison: { base: { release: { version: "svc-0@1" } }, head: { release: { version: "svc-0@2" } } },
    });
    expect(await read("nothing", "svc-0@1")).toMatchObject({ kind: "missing", side: "base" });
    expect(await read("svc-0@1", { environment: "gone", project: "svc-0" })).toMatchObject({ kind: "missing", side: "head" });
    await expect(readComparison(few.call, "nobody", { base: "a", head: "b" })).rejects.toThrow();
  });

  test("readTimeline reports an unknown environment or project", async () => {
    const read = (project: string, environment: string) =>
      readTimeline(few.call.environments.deploys({ organization, environment, project: [project] }));
    expect(await read("svc-0", "staging")).toMatchObject({
      kind: "found",
      page: { items: [{ version: "svc-0@2" }, { version: "svc-0@1" }] },
    });
    expect(await read("svc-0", "gone")).toEqual({ kind: "missing", what: "environment" });
    expect(await read("gone", "staging")).toEqual({ kind: "missing", what: "project" });
  });

  test("each page uses as many statements for 130 projects as for three", async () => {
    const taken = async ({ call, organization: slug, taken }: typeof few) => {
      const counts: Record<string, number> = {};
      const count = async (name: string, read: Promise<unknown>) => {
        await read;
        counts[name] = taken();
      };
      taken();
      await count("board", readBoard(call, slug, query()));
      await count("filtered", readBoard(call, slug, query({ filter: "svc", columns: ["staging", "production"] })));
      await count("environment", call.environments.deploys({ organization: slug, environment: "production", per_page: 50 }));
      await count("deploys", call.deploys.recent({ organization: slug, per_page: 50 }));
      await count("compare", readComparison(call, slug, { base: "svc-0@1", head: { environment: "staging", project: "svc-0" } }));
      return counts;
    };
    const expected = await taken(few);
    expect(await taken(many)).toEqual(expected);
    expect(Math.max(...Object.values(expected))).toBeLessThanOrEqual(30);
  });
});

describe("toGridRow", () => {
  const at = "2026-01-02T00:00:00.000Z";
  const drift = {
    environment: "production",
    version: "web@1",
    releases: 1,
    commits: 2,
    days: 3,
    isCapped: false,
  } as const;

  const cellView = (more: Partial<BoardCellView>): BoardCellView => ({
    environment: "staging",
    release: {
      version: "web@2",
      description: "2",
      package: "web",
      status: "open",
      dateCreated: at,
      dateReleased: null,
      commitCount: 1,
      deployCount: 1,
    },
    deploy: { id: "1", environment: "staging", dateStarted: null, dateFinished: at, name: null, url: null, deployer: null },
    previous: null,
    isRolledBack: false,
    isHidden: false,
    drift: null,
    ...more,
  });

  const rowOf = (...cells: BoardCellView[]) => toGridRow({ project: { id: "1", slug: "web", name: "Web", platform: null }, cells });

  test("keeps only what the grid shows", () => {
    expect(rowOf(cellView({ drift }))).toEqual({
      slug: "web",
      name: "Web",
      cells: { staging: { version: "web@2", at, deployer: null, drift } },
    });
  });

  test("has the previous version only after a rollback", () => {
    const previous = { version: "web@3", dateFinished: at };
    expect(rowOf(cellView({ previous })).cells["staging"]).not.toHaveProperty("rolledBackFrom");
    expect(rowOf(cellView({ previous, isRolledBack: true, isHidden: true })).cells["staging"]).toMatchObject({
      rolledBackFrom: "web@3",
      isHidden: true,
    });
  });

  test("drops the deployer's user id", () => {
    const deployer = { name: "Ada", email: "ada@acme.test", userId: "7", isBot: false };
    const { deploy } = cellView({});
    const { cells } = rowOf(cellView({ deploy: { ...deploy, deployer } }));
    expect(cells["staging"]?.deployer).toEqual({ name: "Ada", email: "ada@acme.test", isBot: false });
  });

  test("a row has drift if one of its cells is behind", () => {
    expect([rowOf(), rowOf(cellView({})), rowOf(cellView({}), cellView({ drift }))].map(hasDrift)).toEqual([false, false, true]);
  });
});
