import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { listAudit } from "../audit/list.ts";
import { getStorage } from "../storage/usage-and-quota.ts";
import { previewRetention } from "./preview.ts";
import { getRetention, setRetention } from "./retention-rule.ts";
import { type Plan, writePlan } from "./retention-world.fixture.ts";
import { listRetentionRuns, startRetention } from "./start-and-list-runs.ts";

const at = { organization: "acme", project: "web" };

/** Three old releases of web with a bundle each. The first was in production, the second also has files, and api also has the bundle of the third. */
const PLAN: Plan = {
  releases: [
    { age: 60, projects: ["web"], deploys: [{ environment: "production", age: 59 }], files: [] },
    {
      age: 50,
      projects: ["web"],
      deploys: [],
      files: [
        { age: 50, blob: 1, isArchive: false },
        { age: 50, blob: 2, isArchive: true },
      ],
    },
    { age: 40, projects: ["web"], deploys: [], files: [] },
    { age: 30, projects: ["web"], deploys: [{ environment: "production", age: 29 }], files: [] },
  ],
  bundles: [
    { age: 60, again: null, blob: 10, projects: ["web"], releases: [0] },
    { age: 50, again: null, blob: 11, projects: ["web"], releases: [1] },
    { age: 40, again: null, blob: 12, projects: ["web", "api"], releases: [2] },
    { age: 45, again: null, blob: 13, projects: ["web"], releases: [] },
  ],
  hidden: {},
};

describe.each(["sqlite", "pglite", "postgres"] as const)("retention rules on %s", (kind) => {
  let bench: TestApp;
  let owner: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    const made = await bench.given.organization("acme", { teams: ["crew"], projects: { web: "crew", api: "crew" } });
    await bench.given.user("ann@acme.test", { organization: "acme", role: "owner" });
    owner = await callers(bench.app, bench.given).person("ann@acme.test");
    await writePlan(bench.app.store, made, PLAN, bench.app.now());
  });
  afterEach(() => bench.close());

  test("are empty at first, and are returned as set and audited with their previous values", async () => {
    const none = { keepLast: null, keepDays: null, environments: [], dateChanged: null };
    expect(await getRetention(owner, at)).toEqual(none);
    const rule = { keepLast: 20, keepDays: null, environments: ["production"] };
    expect(await setRetention(owner, { ...at, ...rule })).toEqual({ ...rule, dateChanged: "2026-01-02T03:04:05.678Z" });
    expect(await getRetention(owner, at)).toMatchObject(rule);
    bench.clock.advance(1000);
    expect(await setRetention(owner, { ...at, ...rule })).toMatchObject({ dateChanged: "2026-01-02T03:04:05.678Z" });
    expect(await setRetention(owner, at)).toEqual(none);
    const { items } = await listAudit(owner, { organization: "acme", action: "retention" });
    const empty = { keepLast: null, keepDays: null, environments: [] };
    expect(items.map(({ action, target, before, after }) => ({ action, target, before, after }))).toEqual([
      { action: "retention.update", target: "web", before: rule, after: empty },
      { action: "retention.update", target: "web", before: empty, after: rule },
    ]);
  });

  test.each([
    [{ environments: ["production"] }, "Also set a number of releases or days"],
    [{ keepDays: 1, environments: ["prodution"] }, 'No deploy used an environment named "prodution".'],
    [{ keepLast: 0 }, "Ensure this value is greater than or equal to 1."],
    [{ keepDays: 3651 }, "Ensure this value is less than or equal to 3650."],
    [{ keepDays: 1, environments: ["a/b"] }, "Invalid value for environment"],
  ])("refuse %j", async (rule, message) => {
    const refusal = expect.objectContaining({
      code: "invalid",
      issues: [expect.objectContaining({ message: expect.stringContaining(message) })],
    });
    await expect(setRetention(owner, { ...at, ...rule })).rejects.toEqual(refusal);
    await expect(previewRetention(owner, { ...at, ...rule })).rejects.toEqual(refusal);
    expect(await getRetention(owner, at)).toMatchObject({ dateChanged: null });
  });

  test("are previewed before they are saved, in pages", async () => {
    expect(await previewRetention(owner, at)).toMatchObject({ items: [], totals: { bundles: 0, bytes: 0 }, isWhole: true });
    const rule = { keepDays: 20, environments: ["production"] };
    const first = await previewRetention(owner, { ...at, ...rule, per_page: 3 });
    const totals = { bundles: 3, releases: 2, files: 2 + 3 + 4 + 2, bytes: 2 + 4 + 2048 + 8192 };
    expect(first).toMatchObject({ totals, isWhole: true, next: { hasResults: true } });
    expect(first.items).toEqual([
      { kind: "bundle", id: "b1", versions: ["v1"], files: 2, bytes: 2048, dateUploaded: "2025-11-13T03:04:05.678Z", isShared: false },
      { kind: "bundle", id: "b2", versions: ["v2"], files: 3, bytes: 4096, dateUploaded: "2025-11-23T03:04:05.678Z", isShared: true },
      { kind: "bundle", id: "b3", versions: [], files: 4, bytes: 8192, dateUploaded: "2025-11-18T03:04:05.678Z", isShared: false },
    ]);
    const second = await previewRetention(owner, { ...at, ...rule, per_page: 3, cursor: first.next?.cursor });
    expect(second).toMatchObject({ totals, next: { hasResults: false } });
    expect(second.items).toMatchObject([{ kind: "files", id: "v1", versions: ["v1"], files: 2, bytes: 6 }]);
    expect(await listRetentionRuns(owner, { organization: "acme" })).toMatchObject({ items: [] });
  });

  test("delete what they do not keep, and return what was deleted", async () => {
    await expect(startRetention(owner, at)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("has no retention rule"),
    });
    await setRetention(owner, { ...at, keepDays: 20, environments: ["production"] });
    const bytes = 2 + 4 + 2048 + 8192;
    const deleted = { bundles: 3, releases: 2, files: 11, bytes, versions: ["v1", "v2"], failure: null };
    const run = await startRetention(owner, at);
    expect(run).toMatchObject({ ...deleted, project: { slug: "web" }, actor: { kind: "user", email: "ann@acme.test" } });
    expect(await listRetentionRuns(owner, { organization: "acme" })).toMatchObject({ items: [run] });
    expect(await listRetentionRuns(owner, { organization: "acme", project: ["api"] })).toMatchObject({ items: [] });
    const { items } = await listAudit(owner, { organization: "acme", action: "retention.run" });
    expect(items).toMatchObject([{ target: "web", after: { bundles: 3, releases: 2, files: 11, bytes } }]);
    expect(await startRetention(owner, at)).toMatchObject({ bundles: 0, releases: 0, files: 0, bytes: 0, versions: [] });
    expect(await listRetentionRuns(owner, { organization: "acme", per_page: 1 })).toMatchObject({ next: { hasResults: true } });
  });

  test("storage is returned by project and kind, with shared amounts", async () => {
    const blob = (power: number) => 2 ** power;
    const before = await getStorage(owner, { organization: "acme" });
    const kinds = {
      bundles: { count: 4, files: 1 + 2 + 3 + 4, bytes: blob(10) + blob(11) + blob(12) + blob(13) },
      files: { count: 1, files: 1, bytes: blob(1) },
      archives: { count: 1, files: 1, bytes: blob(2) },
    };
    const bytes = kinds.bundles.bytes + 6;
    const none = { count: 0, files: 0, bytes: 0 };
    expect(before).toMatchObject({ kinds, chunks: { count: 0, bytes: 0 }, bytes, sharedBytes: blob(12), quota: null });
    expect(before.projects.items).toMatchObject([
      { project: { slug: "web" }, kinds, bytes, rule: { dateChanged: null } },
      { project: { slug: "api" }, kinds: { bundles: { count: 1, files: 3, bytes: 4096 }, files: none, archives: none }, bytes: 4096 },
    ]);
    await setRetention(owner, { ...at, keepDays: 20, environments: ["production"] });
    await startRetention(owner, at);
    const after = await getStorage(owner, { organization: "acme", per_page: 1 });
    expect(after).toMatchObject({ bytes: blob(10) + blob(12), sharedBytes: 0, projects: { next: { hasResults: true } } });
    expect(after.projects.items).toMatchObject([{ project: { slug: "api" }, bytes: blob(12), rule: { keepDays: null } }]);
  });
});
