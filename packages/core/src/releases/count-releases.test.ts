import { callers } from "@landfall/testing/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { deployRows } from "@landfall/testing/deploy-rows";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { countReleases } from "./count-releases.ts";

describe.each(["sqlite", "pglite"] as const)("countReleases over %s", (kind) => {
  let bench: TestApp;
  beforeEach(async () => void (bench = await createTestApp(kind)));
  afterEach(() => bench.close());

  it("counts what the list has, up to a thousand", async () => {
    const { id } = await bench.given.organization("acme", { openMembership: false });
    await bench.given.user("new@acme.test", { organization: "acme" });
    const rows = deployRows(bench.app.store, id);
    const [pump = 0, valve = 0] = await rows.projects(["pump", "valve"]);
    const made = (from: number, count: number, projectId: number) =>
      Array.from({ length: count }, (_, index) => ({ version: `v${from + index}`, date: new Date(0), projectIds: [projectId] }));
    await rows.releases([...made(0, 3, pump), ...made(3, 2, valve)]);
    const as = callers(bench.app, bench.given);
    const ci = await as.ci("acme");
    const count = (input: object = {}, context = ci) => countReleases(context, { organization: "acme", ...input });
    expect(await count()).toEqual({ count: 5, isCapped: false });
    expect(await count({ project: ["pump"] })).toEqual({ count: 3, isCapped: false });
    expect(await count({ query: "v4" })).toEqual({ count: 1, isCapped: false });
    expect(await count({ status: "archived" })).toEqual({ count: 0, isCapped: false });
    expect(await count({}, await as.person("new@acme.test"))).toEqual({ count: 0, isCapped: false });
    await expect(count({ query: "release:" })).rejects.toMatchObject({ code: "invalid" });
    await rows.releases(made(5, 995, pump));
    expect(await count()).toEqual({ count: 1000, isCapped: false });
    await rows.releases(made(1000, 1, pump));
    expect(await count({ status: "" })).toEqual({ count: 1000, isCapped: true });
  });
});
