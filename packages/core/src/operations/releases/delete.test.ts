import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { rowCounts } from "@landfall/testing/stores/wrapped-stores";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findRelease } from "../../access/find-release.ts";
import type { Context } from "../../kernel/context.ts";
import { createDeploy } from "../deploys/create.ts";
import { createRelease } from "./create.ts";
import { deleteRelease, previewDeletion } from "./delete.ts";

const organization = "acme";

describe.each(["sqlite", "pglite"] as const)("previewDeletion over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let owner: Context;
  let organizationId: number;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    ({ id: organizationId } = await bench.given.organization(organization, {
      openMembership: false,
      teams: ["near", "far"],
      projects: { pump: "near", valve: "far" },
    }));
    await bench.given.user("owner@acme.test", { organization, role: "owner" });
    await bench.given.user("near@acme.test", { organization, teams: ["near"] });
    owner = await as.person("owner@acme.test");
    const commits = [
      { id: "b", repository: "acme/app" },
      { id: "a", repository: "acme/app" },
    ];
    await createRelease(owner, { organization, version: "1.0", projects: ["pump", "valve"], commits });
    await createRelease(owner, { organization, version: "1.1", projects: ["pump"] });
  });
  afterEach(() => bench.close());

  const preview = (version = "1.0", context = owner) => previewDeletion(context, { organization, version });
  const deploy = async (version: string, environment: string, projects?: string[]) => {
    bench.clock.advance(1000);
    await createDeploy(owner, { organization, version, environment, ...(projects ? { projects } : {}) });
  };

  it("counts what deleting the release deletes", async () => {
    await deploy("1.0", "staging");
    await deploy("1.0", "staging");
    const releaseId = (await findRelease(bench.app.store.read, organizationId, "1.0"))?.id ?? 0;
    await bench.app.store.transaction((tx) =>
      tx.insert(tx.tables.releaseNotes).values({ releaseId, markdown: "x", dateSaved: bench.clock.now() }),
    );
    const previewed = await preview();
    expect(previewed).toEqual({
      projects: [
        { id: expect.any(String), slug: "pump", name: "pump" },
        { id: expect.any(String), slug: "valve", name: "valve" },
      ],
      commits: 2,
      deploys: 2,
      environments: [{ name: "staging", projects: ["pump", "valve"] }],
      notes: true,
      canDelete: true,
      reason: null,
    });
    const before = await rowCounts(bench.app.store);
    await deleteRelease(owner, { organization, version: "1.0" });
    const after = await rowCounts(bench.app.store);
    const deletedRows = (table: string) => (before[table] ?? 0) - (after[table] ?? 0);
    expect(["releaseProjects", "releaseCommits", "deploys", "releaseNotes", "commits"].map(deletedRows)).toEqual([
      previewed.projects.length,
      previewed.commits,
      previewed.deploys,
      1,
      0,
    ]);
  });

  it("lists the environments where the release is current, by project", async () => {
    await deploy("1.0", "production");
    await deploy("1.0", "staging");
    await deploy("1.0", "qa", ["valve"]);
    await deploy("1.1", "production");
    await deploy("1.1", "staging");
    await deploy("1.0", "staging");
    expect(await preview()).toMatchObject({
      notes: false,
      environments: [
        { name: "production", projects: ["valve"] },
        { name: "qa", projects: ["valve"] },
        { name: "staging", projects: ["pump", "valve"] },
      ],
    });
    expect((await preview("1.1")).environments).toEqual([{ name: "production", projects: ["pump"] }]);
  });

  it("returns the reason why the caller cannot delete, and deleting fails", async () => {
    await deploy("1.0", "qa");
    for (const [context, version, reason] of [
      [await as.ci(organization), "1.1", /^Deleting a release requires one of the scopes project:admin, project:releases/],
      [await as.person("owner@acme.test", ["project:read"]), "1.1", /^Deleting a release requires/],
      [await as.person("near@acme.test"), "1.0", /^Deleting a release requires access to all of its projects\./],
    ] as const) {
      expect(await preview(version, context)).toMatchObject({ canDelete: false, reason: expect.stringMatching(reason) });
      await expect(deleteRelease(context, { organization, version })).rejects.toThrow();
    }
    const near = await as.person("near@acme.test");
    expect((await preview("1.0", near)).environments).toEqual([{ name: "qa", projects: ["pump"] }]);
    expect(await preview("1.1", near)).toMatchObject({ canDelete: true, reason: null });
    await deleteRelease(near, { organization, version: "1.1" });
  });

  it("lists only projects within reach", async () => {
    await createRelease(owner, { organization, version: "far", projects: ["valve"] });
    await expect(preview("far", await as.person("near@acme.test"))).rejects.toMatchObject({ code: "not_found" });
    await expect(preview("nope")).rejects.toMatchObject({ code: "not_found" });
  });
});
