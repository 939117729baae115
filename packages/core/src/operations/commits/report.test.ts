import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { stored } from "@landfall/testing/rows/stored-rows";
import { rowCounts } from "@landfall/testing/stores/wrapped-stores";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createRelease } from "../releases/create.ts";
import { reportCommits } from "./report.ts";

const organization = "acme";

describe("reportCommits", () => {
  let bench: TestApp;
  let ci: Context;
  let organizationId: number;

  beforeEach(async () => {
    bench = await createTestApp();
    ({ id: organizationId } = await bench.given.organization(organization));
    await bench.given.project(organization, "pump");
    ci = await callers(bench.app, bench.given).ci(organization);
  });
  afterEach(() => bench.close());

  const commits = [
    { id: "a", repository: "app", author_name: "Ada", message: "Fixes APP-1", patch_set: [{ path: "x", type: "A" as const }] },
    { id: "b", repository: "app", message: "#skipsentry" },
    { id: "c" },
  ];

  test("stores commits with all their values, in no release", async () => {
    expect(await reportCommits(ci, { organization, commits })).toEqual({ stored: 2 });
    const counts = await rowCounts(bench.app.store);
    expect(counts).toMatchObject({
      commits: 2,
      commitAuthors: 1,
      commitFiles: 1,
      repositories: 2,
      releases: 0,
      releaseCommits: 0,
      releaseHeads: 0,
    });
  });

  test("stores a commit once, however often it is reported", async () => {
    await reportCommits(ci, { organization, commits });
    const before = await rowCounts(bench.app.store);
    expect(await reportCommits(ci, { organization, commits })).toEqual({ stored: 2 });
    expect(await rowCounts(bench.app.store)).toEqual(before);
  });

  test("stores commits that a release can refer to in one call, which keeps their values", async () => {
    await reportCommits(ci, { organization, commits });
    const { release } = await createRelease(ci, {
      organization,
      version: "1.0",
      projects: ["pump"],
      commits: [{ id: "a", repository: "app" }],
    });
    expect(release).toMatchObject({ commitCount: 1, lastCommit: { id: "a", message: "Fixes APP-1" }, authors: [{ name: "Ada" }] });
    expect(await stored(bench.app.store).commits(organizationId, "a")).toMatchObject([{ fixes: ["APP-1"] }]);
  });

  test("accepts up to 5000 commits, or none", async () => {
    expect(await reportCommits(ci, { organization, commits: [] })).toEqual({ stored: 0 });
    const many = Array.from({ length: 5001 }, (_, index) => ({ id: String(index) }));
    const message = "Ensure this field has no more than 5000 elements.";
    await expect(reportCommits(ci, { organization, commits: many })).rejects.toMatchObject({ issues: [{ path: ["commits"], message }] });
  });

  test("stores nothing if one of the commits is invalid", async () => {
    const before = await rowCounts(bench.app.store);
    const issues = [{ path: ["commits", 1, "id"], message: "This field is required." }];
    await expect(reportCommits.call(ci, { organization }, () => ({ commits: [{ id: "a" }, {}] }))).rejects.toMatchObject({
      code: "invalid",
      issues,
    });
    expect(await rowCounts(bench.app.store)).toEqual(before);
  });
});
