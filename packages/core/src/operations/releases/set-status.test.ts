import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createRelease } from "./create.ts";
import { getRelease } from "./get.ts";
import { listActivity } from "./list-activity.ts";
import { listProjectReleases } from "./list-in-project.ts";
import { setReleaseStatus } from "./set-status.ts";

const organization = "acme";

describe.each(["sqlite", "pglite"] as const)("setReleaseStatus over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ci: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization(organization, {
      openMembership: false,
      teams: ["near", "far"],
      projects: { pump: "near", valve: "far" },
    });
    await bench.given.user("near@acme.test", { organization, teams: ["near"] });
    await bench.given.organization("globex", { teams: ["crew"], projects: { pump: "crew" } });
    ci = await as.ci(organization);
    for (const version of ["1.0", "1.1", "1.2"]) await createRelease(ci, { organization, version, projects: ["pump"] });
  });
  afterEach(() => bench.close());

  const change = (versions: string[], status: "open" | "archived" = "archived", context = ci) =>
    setReleaseStatus(context, { organization, versions, status });
  const statuses = async (...versions: string[]) => {
    const found = await Promise.all(versions.map((version) => getRelease(ci, { organization, version })));
    return found.map(({ status }) => status);
  };
  const audit = async () => {
    const { auditLog } = bench.app.store.read.tables;
    const rows = await bench.app.store.read.select().from(auditLog).orderBy(asc(auditLog.id));
    return rows.filter(({ action }) => action === "release.update").map(({ target, details }) => [target, details]);
  };
  const refusal = (code: string, ...paths: (string | number)[][]) =>
    expect.objectContaining({ code, issues: paths.map((path) => expect.objectContaining({ path })) });

  it("archives and reopens releases, and returns the unchanged ones", async () => {
    expect(await change(["1.1"])).toEqual({ changed: ["1.1"], unchanged: [] });
    expect(await change(["1.2", "1.1", "1.0", "1.2"])).toEqual({ changed: ["1.2", "1.0"], unchanged: ["1.1"] });
    expect(await statuses("1.0", "1.1", "1.2")).toEqual(["archived", "archived", "archived"]);
    expect(await change(["1.0", "1.1"], "open")).toEqual({ changed: ["1.0", "1.1"], unchanged: [] });
    expect(await change(["1.0"], "open")).toEqual({ changed: [], unchanged: ["1.0"] });
    expect(await statuses("1.0", "1.1", "1.2")).toEqual(["open", "open", "archived"]);
  });

  it("removes them from the lists of their projects, and restores them", async () => {
    const listed = async () => {
      const { items } = await listProjectReleases(ci, { organization, project: "pump" });
      return items.map(({ version }) => version).toSorted();
    };
    const rows = async () => {
      const { releaseProjects } = bench.app.store.read.tables;
      const found = await bench.app.store.read.select().from(releaseProjects).orderBy(asc(releaseProjects.id));
      return found.map(({ isArchived }) => isArchived);
    };
    await change(["1.0", "1.2"]);
    expect([await rows(), await listed()]).toEqual([[true, false, true], ["1.1"]]);
    await change(["1.0"], "open");
    expect([await rows(), await listed()]).toEqual([
      [false, false, true],
      ["1.0", "1.1"],
    ]);
  });

  it("records each change as an audit event, and notifies pages once", async () => {
    const changes: unknown[] = [];
    const owner = { ...ci, onChange: (one: unknown) => void changes.push(one) };
    await change(["1.0", "1.1"], "archived", owner);
    expect(changes).toHaveLength(1);
    await change(["1.1", "1.0"], "archived", owner);
    expect(changes).toHaveLength(1);
    bench.clock.advance(1000);
    await change(["1.0"], "open");
    expect(await audit()).toEqual([
      ["1.0", { isArchived: true }],
      ["1.1", { isArchived: true }],
      ["1.0", { isArchived: false }],
    ]);
    const { items } = await listActivity(ci, { organization, version: "1.0" });
    expect(items.map((item) => item.kind)).toEqual(["restored", "archived", "created"]);
  });

  it("changes all or none, and lists the missing versions", async () => {
    await createRelease(await as.ci("globex"), { organization: "globex", version: "foreign", projects: ["pump"] });
    await createRelease(ci, { organization, version: "empty", projects: [] });
    await expect(change(["1.0", "nope", "foreign", "1.1", "empty"])).rejects.toThrow(
      refusal("not_found", ["versions", 1], ["versions", 2], ["versions", 4]),
    );
    await expect(change(["1.0", "nope"])).rejects.toThrow(/: nope\.$/);
    expect(await statuses("1.0", "1.1")).toEqual(["open", "open"]);
    expect(await audit()).toEqual([]);
    await expect(change(Array.from({ length: 9 }, (_, index) => `x${index}`))).rejects.toThrow(/: x0, x1, x2, x3, x4 and 4 more\.$/);
  });

  it("requires reach of every project of each release", async () => {
    await createRelease(ci, { organization, version: "both", projects: ["pump", "valve"] });
    const near = await as.person("near@acme.test");
    expect(await change(["1.0"], "archived", near)).toEqual({ changed: ["1.0"], unchanged: [] });
    await expect(change(["1.1", "both"], "archived", near)).rejects.toThrow(refusal("not_found", ["versions", 1]));
    expect(await statuses("1.1", "both")).toEqual(["open", "open"]);
    await expect(change(["1.0"], "open", await as.person("near@acme.test", ["project:read"]))).rejects.toThrow(refusal("forbidden"));
  });

  it("accepts 500 versions", async () => {
    const { id: organizationId } = await bench.given.organization("large", { teams: ["crew"], projects: { pump: "crew" } });
    const versions = Array.from({ length: 500 }, (_, index) => `v${index}`);
    const { store } = bench.app;
    await store.transaction(async (tx) => {
      const { releases, releaseProjects, projects } = tx.tables;
      const projectId = (await tx.select().from(projects)).find((row) => row.organizationId === organizationId)?.id ?? 0;
      const dates = { dateCreated: bench.clock.now(), dateEffective: bench.clock.now() };
      const inserted = await tx
        .insert(releases)
        .values(versions.map((version) => ({ organizationId, version, authorIds: [], ...dates })))
        .returning();
      await tx.insert(releaseProjects).values(inserted.map(({ id: releaseId }) => ({ releaseId, projectId, ...dates })));
    });
    const large = await as.ci("large");
    expect(await setReleaseStatus(large, { organization: "large", versions, status: "archived" })).toEqual({
      changed: versions,
      unchanged: [],
    });
    expect(await audit()).toHaveLength(500);
  });

  it.each([
    [{ status: "open" }, ["versions"]],
    [{ versions: [], status: "open" }, ["versions"]],
    [{ versions: Array.from({ length: 501 }, () => "1.0"), status: "open" }, ["versions"]],
    [{ versions: ["1.0", "a/b"], status: "open" }, ["versions", 1]],
    [{ versions: ["1.0"] }, ["status"]],
    [{ versions: ["1.0"], status: "deleted" }, ["status"]],
  ])("rejects %j", async (input, path) => {
    await expect(setReleaseStatus.call(ci, { organization }, () => input)).rejects.toThrow(refusal("invalid", path));
  });
});
