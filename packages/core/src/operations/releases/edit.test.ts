import { openTwoTeams } from "@landfall/testing/access/two-teams";
import type { TestApp } from "@landfall/testing/create-test-app";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createRelease } from "./create.ts";
import { editRelease } from "./edit.ts";
import { listActivity } from "./list-activity.ts";
import { listProjectReleases } from "./list-in-project.ts";

const acme = { organization: "acme" };
const at = (date: number) => new Date(Date.UTC(2026, 0, date, 0, 0, 0, 5)).toISOString();

describe.each(["sqlite", "pglite", "postgres"] as const)("editRelease in %s", (kind) => {
  let bench: TestApp;
  let ci: Context;
  let wim: Context;
  let eva: Context;
  let releaseNumber = 0;
  let version: string;

  beforeAll(async () => {
    const opened = await openTwoTeams(kind);
    ({ bench, ci, wim } = opened);
    await bench.given.organization("globex");
    await bench.given.user("eva@acme.test", { name: "Eva", ...acme, teams: ["api"] });
    await bench.given.user("far@globex.test", { organization: "globex" });
    eva = await opened.as.person("eva@acme.test");
  });
  beforeEach(async () => {
    releaseNumber += 1;
    version = `v${releaseNumber}`;
    bench.clock.set(at(releaseNumber));
    await createRelease(ci, { ...acme, version, projects: ["web"], ref: "main", url: "https://acme.test/1", owner: "wim@acme.test" });
  });
  afterAll(() => bench.close());

  const edit = (rest: Partial<Parameters<typeof editRelease>[1]>, by = wim) => editRelease(by, { ...acme, version, ...rest });
  const facts = ({ ref, url, dateReleased, owner }: Awaited<ReturnType<typeof edit>>) => [ref, url, dateReleased, owner?.email ?? null];

  test("sets the given fields, clears null and empty ones, and keeps the rest", async () => {
    expect(facts(await edit({ ref: "release" }))).toEqual(["release", "https://acme.test/1", null, "wim@acme.test"]);
    expect(facts(await edit({ ref: "", url: null, dateReleased: at(20) }))).toEqual([null, null, at(20), "wim@acme.test"]);
    expect(facts(await edit({ owner: "eva@acme.test", url: "https://acme.test/2" }))).toEqual([
      null,
      "https://acme.test/2",
      at(20),
      "eva@acme.test",
    ]);
    expect(facts(await edit({ owner: null, dateReleased: null }))).toEqual([null, "https://acme.test/2", null, null]);
  });

  test("a release without a release date is dated by its creation", async () => {
    const newest = async () => (await listProjectReleases(ci, { ...acme, project: "web", per_page: 1 })).items[0]?.version;
    const [older, current] = [`v${releaseNumber}`, `v${releaseNumber}-next`];
    bench.clock.set(at(releaseNumber).replace("T00", "T01"));
    await createRelease(ci, { ...acme, version: current, projects: ["web"] });
    await edit({ dateReleased: at(28) });
    expect(await newest()).toBe(older);
    await edit({ dateReleased: null });
    expect(await newest()).toBe(current);
  });

  test("records the values before, and only of changed fields", async () => {
    bench.clock.set(at(25));
    await edit({ ref: "main", dateReleased: null, owner: "wim@acme.test" });
    await edit({ ref: "release", url: "" });
    await edit({ dateReleased: at(24) });
    await edit({ dateReleased: null, owner: "eva@acme.test" });
    const { items } = await listActivity(ci, { ...acme, version });
    expect(items.map(({ kind: became, actor, changes }) => [became, actor?.name, changes])).toEqual([
      [
        "changed",
        "Wim",
        [
          { field: "dateReleased", value: null, before: at(24) },
          { field: "owner", value: "eva@acme.test", before: "wim@acme.test" },
        ],
      ],
      ["finalized", "Wim", [{ field: "dateReleased", value: at(24), before: null }]],
      [
        "changed",
        "Wim",
        [
          { field: "ref", value: "release", before: "main" },
          { field: "url", value: null, before: "https://acme.test/1" },
        ],
      ],
      ["created", expect.any(String), []],
    ]);
  });

  test("the first release date is recorded as an activity of the project once", async () => {
    await edit({ dateReleased: at(24) });
    await edit({ dateReleased: at(26) });
    const { activities } = bench.app.store.read.tables;
    const rows = await bench.app.store.read.select({ data: activities.data, date: activities.dateCreated }).from(activities);
    const ofRelease = rows.filter(({ data }) => JSON.stringify(data).includes(`"${version}"`));
    expect(ofRelease.map(({ date }) => date.toISOString())).toEqual([at(24)]);
  });

  test.each([
    ["url", { url: "not an address" }],
    ["dateReleased", { dateReleased: "soon" }],
    ["ref", { ref: "x".repeat(201) }],
    ["owner", { owner: "nobody@acme.test" }],
    ["owner", { owner: "far@globex.test" }],
  ])("rejects an invalid %s and changes nothing", async (field, invalid) => {
    await expect(edit({ ref: "other", ...invalid })).rejects.toMatchObject({ code: "invalid", issues: [{ path: [field] }] });
    expect(facts(await edit({}))).toEqual(["main", "https://acme.test/1", null, "wim@acme.test"]);
  });

  test("requires reach of every project", async () => {
    await createRelease(ci, { ...acme, version, projects: ["api"] });
    await expect(edit({ ref: "x" }, eva)).rejects.toMatchObject({ code: "not_found" });
    await expect(edit({ ref: "x" })).rejects.toMatchObject({ code: "not_found" });
  });
});
