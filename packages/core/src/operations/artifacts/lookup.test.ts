import type { ProjectRow } from "@landfall/db/tables/schema";
import { callers } from "@landfall/testing/access/callers";
import { DEBUG_ID, uploadArtifacts } from "@landfall/testing/artifacts/upload-artifacts";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRelease } from "../releases/create.ts";
import { type ArtifactLookUp, findArtifacts } from "./lookup.ts";

describe.each(["sqlite", "pglite"] as const)("finding artifacts on %s", (kind) => {
  let bench: TestApp;
  const projects = new Map<string, ProjectRow>();
  beforeAll(async () => {
    bench = await createTestApp(kind);
    for (const organization of ["acme", "globex"]) {
      await bench.given.organization(organization);
      projects.set(organization, await bench.given.project(organization, "web"));
      const context = await callers(bench.app, bench.given).ci(organization);
      await createRelease(context, { organization, version: "1.0", projects: ["web"] });
      const bundleId = "11111111-1111-4111-8111-111111111111";
      await uploadArtifacts(bench.app, context, { organization, project: "web", version: "1.0", bundleId });
    }
  });
  afterAll(() => bench.close());

  async function find(organization: string, lookup: ArtifactLookUp) {
    const { store, taken } = countedStore(bench.app.store);
    const project = projects.get(organization);
    if (!project) throw new Error("there is no such project");
    const found = await findArtifacts(store.read, project, lookup);
    return { found: found.map(({ kind: what, id }) => `${what}/${id}`), statements: taken() };
  }

  test("runs one statement per kind of lookup", async () => {
    expect(await find("acme", { debugId: DEBUG_ID })).toEqual({ found: ["artifact_bundle/1"], statements: 1 });
    expect(await find("acme", { url: "~/a.js", release: "1.0" })).toEqual({ found: ["artifact_bundle/1"], statements: 1 });
    expect(await find("acme", { url: "~/b.js", release: "1.0" })).toEqual({ found: [], statements: 2 });
    expect(await find("acme", { debugId: DEBUG_ID.replace("a", "b"), url: "~/none.js", release: "1.0" })).toEqual({
      found: [],
      statements: 3,
    });
    expect(await find("acme", {})).toEqual({ found: [], statements: 0 });
  });

  test("never finds files of another organization with the same debug ids", async () => {
    expect(await find("globex", { debugId: DEBUG_ID })).toMatchObject({ found: ["artifact_bundle/2"] });
    expect(await find("globex", { url: "~/a.js", release: "1.0" })).toMatchObject({ found: ["artifact_bundle/2"] });
    expect(await find("acme", { debugId: DEBUG_ID })).toMatchObject({ found: ["artifact_bundle/1"] });
  });

  test.each(["\0", "\ud800", "x".repeat(100_000), "'; drop table blobs; --", "%"])(
    "accepts any text as URL, release and dist: %j",
    async (text) => {
      expect(await find("acme", { url: text, release: "1.0", debugId: text })).toMatchObject({ found: [] });
      const stored = text.replaceAll("\0", "").toWellFormed();
      expect(await find("acme", { url: "~/a.js", release: stored, dist: stored })).toMatchObject({ found: [] });
    },
  );
});
