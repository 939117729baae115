import { createCaller } from "@landfall/api/app-router";
import { callers } from "@landfall/testing/callers";
import { type CountedStore, countedStore } from "@landfall/testing/counted-store";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { deployRows } from "@landfall/testing/deploy-rows";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readTimeline } from "../../../../ui/deploys/read-timeline.ts";
import { readComparison } from "../compare/read-comparison.ts";
import { type BoardQuery, parseBoardQuery } from "./board-query.ts";
import { readBoard } from "./read-board.ts";

const organization = "acme";
const at = (day: number) => new Date(Date.UTC(2026, 0, day));

/** An organization of so many projects, each with two releases in two environments, and somebody who sees all. */
async function world(bench: TestApp, slug: string, projects: number) {
  const { id } = await bench.given.organization(slug);
  const email = `olga@${slug}.test`;
  await bench.given.user(email, { organization: slug, role: "owner" });
  const rows = deployRows(bench.app.store, id);
  const environments = await rows.environments(["staging", "production"]);
  const projectIds = await rows.projects(Array.from({ length: projects }, (_, index) => `svc-${index}`));
  const made = projectIds.flatMap((project, index) =>
    [1, 2].map((day) => ({ version: `svc-${index}@${day}`, date: at(day), projectIds: [project], commitCount: day })),
  );
  const releases = await rows.releases(made);
  await rows.deploys(
    releases.flatMap((releaseId, index) =>
      environments
        .slice(0, index % 2 === 0 ? 2 : 1)
        .map((environmentId) => ({ releaseId, environmentId, projectIds: made[index]?.projectIds ?? [], finished: at(5 + (index % 2)) })),
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

describe("the board that is read", () => {
  test("is of the projects that have the filter in their names", async () => {
    expect(await slugs({})).toEqual(["svc-0", "svc-1", "svc-2"]);
    expect(await slugs({ filter: "C-1" })).toEqual(["svc-1"]);
    expect(await slugs({ filter: "nobody" })).toEqual([]);
  });

  test("says when more projects match than are read", async () => {
    const { board, isCut } = await readBoard(many.call, "wide", query({ filter: "svc" }));
    expect([board.items.length, isCut]).toEqual([100, true]);
    expect((await readBoard(many.call, "wide", query({ filter: "svc-12" }))).isCut).toBe(false);
  });

  test("has its usual columns where one that is named is gone, and says so", async () => {
    const read = async (columns: string[]) => {
      const { board, isOtherColumns } = await readBoard(few.call, organization, query({ columns }));
      return [board.environments.map(({ name }) => name).join(" "), isOtherColumns];
    };
    expect(await read(["production", "staging"])).toEqual(["production staging", false]);
    expect(await read(["production", "gone"])).toEqual(["staging production", true]);
  });

  test("begins again where the address names no page of it", async () => {
    expect(await slugs({ cursor: "x" })).toHaveLength(3);
    await expect(readBoard(few.call, "nobody", query())).rejects.toThrow();
  });
});

test("what is not there is told at its side of a comparison", async () => {
  const read = (base: string, head: Parameters<typeof readComparison>[2]["head"]) => readComparison(few.call, organization, { base, head });
  expect(await read("svc-0@1", { environment: "staging", project: "svc-0" })).toMatchObject({
    kind: "found",
    comparison: { base: { release: { version: "svc-0@1" } }, head: { release: { version: "svc-0@2" } }, distance: { releases: 1 } },
  });
  expect(await read("nothing", "svc-0@1")).toMatchObject({ kind: "missing", side: "base" });
  expect(await read("svc-0@1", { environment: "gone", project: "svc-0" })).toMatchObject({ kind: "missing", side: "head" });
  await expect(readComparison(few.call, "nobody", { base: "a", head: "b" })).rejects.toThrow();
});

test("an unknown environment or project is an answer of its own", async () => {
  const read = (project: string, environment: string) =>
    readTimeline(few.call.environments.deploys({ organization, environment, project: [project] }));
  expect(await read("svc-0", "staging")).toMatchObject({
    kind: "found",
    page: { items: [{ version: "svc-0@2" }, { version: "svc-0@1" }] },
  });
  expect(await read("svc-0", "gone")).toEqual({ kind: "missing", what: "environment" });
  expect(await read("gone", "staging")).toEqual({ kind: "missing", what: "project" });
});

test("each page asks as many questions for 130 projects as for three", async () => {
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
  const asked = await taken(few);
  expect(await taken(many)).toEqual(asked);
  expect(Math.max(...Object.values(asked))).toBeLessThanOrEqual(30);
});
